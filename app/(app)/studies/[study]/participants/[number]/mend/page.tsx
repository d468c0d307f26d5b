import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { formatDate } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { readMendable } from '@/lib/server/mending/mending-view'
import { MendHead } from './_components/mend-head'

interface Props {
  params: Promise<{ study: string; number: string }>
}

async function readNames({ params }: Props) {
  const { study, number } = await params
  return { study: decodeURIComponent(study), number: decodeURIComponent(number) }
}

export async function generateMetadata(props: Props) {
  return { title: `Mend entries of ${(await readNames(props)).number}` }
}

/** Everything entered of a participant that can be moved or voided. */
export default async function MendPage(props: Props) {
  const { study, number } = await readNames(props)
  const path = `/studies/${encodeURIComponent(study)}/participants/${encodeURIComponent(number)}/mend`
  const ctx = await pageContext(path)
  const read = readMendable(ctx, study, number)
  if (!read.ok) return <Refusal error={read.error} />
  const { sides, doses } = read.value
  return (
    <>
      <MendHead study={read.value.study} number={number} title="Mend entries">
        Choose the visit, form or dose that is at the wrong place, or was entered in error.
      </MendHead>
      {sides.length === 0 && <p>No visit is entered.</p>}
      <ul>
        {sides.map(side => {
          const visit = `${path}/visits/${encodeURIComponent(side.visit)}`
          return (
            <li key={side.visit} className="border-t border-(--color-line) py-2">
              <Link className="med inline-block py-1" href={visit} prefetch={false}>
                {side.visitName}
                {side.begun?.date ? `, ${formatDate(side.begun.date)}` : ''}
              </Link>
              <ul className="flex flex-wrap gap-x-5">
                {side.forms.map(form => (
                  <li key={form.id}>
                    <Link className="inline-block py-1" href={`${visit}?form=${form.id}`} prefetch={false}>
                      {form.name}
                    </Link>
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
      {doses.length > 0 && (
        <>
          <h2 className="pt-6">Doses</h2>
          <ul>
            {doses.map(({ id, name, date }, index) => (
              <li key={id} className="border-t border-(--color-line) py-2">
                <Link className="med inline-block py-1" href={`${path}/doses/${index + 1}`} prefetch={false}>
                  {name}, {formatDate(date)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="note mt-4">
        Log entries are moved and voided on their own pages; doses are voided there, too.
      </p>
      <ul className="mt-1">
        <li className="py-1">
          <Link href={`${path}/registration`} prefetch={false}>
            Correct the registration
          </Link>
        </li>
        <li className="py-1">
          <Link href={`${path}/duplicate`} prefetch={false}>
            {number} is a duplicate or was registered in error
          </Link>
        </li>
      </ul>
    </>
  )
}
