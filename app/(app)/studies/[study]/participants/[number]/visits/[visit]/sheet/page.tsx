import Link from 'next/link'
import { PrintButton } from '@/app/_ui/print-button'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatDate } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { type DaySheet, readDaySheet } from '@/lib/server/day-sheet'
import { MISSING_MARKS, SheetForm } from './_components/sheet-form'

interface Props {
  params: Promise<{ study: string; number: string; visit: string }>
}

async function readAddress({ params }: Props) {
  const { study, number, visit } = await params
  return {
    study: decodeURIComponent(study),
    number: decodeURIComponent(number),
    visit: decodeURIComponent(visit),
  }
}

export async function generateMetadata(props: Props) {
  const { number, visit } = await readAddress(props)
  return { title: `Day sheet ${number}, ${visit}` }
}

/** A visit on paper: titles, codes and boxes in the order of the screen; the licensed wording stays on the licensed forms. */
export default async function DaySheetPage(props: Props) {
  const address = await readAddress(props)
  const path = `/studies/${encodeURIComponent(address.study)}/participants/${encodeURIComponent(address.number)}/visits/${encodeURIComponent(address.visit)}`
  const ctx = await pageContext(`${path}/sheet`)
  const read = readDaySheet(ctx, address)
  if (!read.ok) return <Refusal error={read.error} />
  const { entry, forms } = read.value
  const { study, participant, plan, protocol } = entry
  return (
    <article className="sheet">
      <p className="crumb">
        <Link href={path} prefetch={false}>
          {participant.number}, {plan.name.toLowerCase()}
        </Link>{' '}
        / Day sheet
      </p>
      <header>
        <div className="tline">
          <h1>
            {participant.number}, {plan.name.toLowerCase()}
          </h1>
          {study.synthetic && <SyntheticBadge />}
          <PrintButton />
        </div>
        <p>
          Study {study.code}, protocol {entry.protocolVersion}. {participant.site} {participant.siteName}.{' '}
          {describeWindow(read.value)}
        </p>
      </header>
      <dl className="top">
        <Blank label="Date of the visit" />
        <Blank label="Clinic, phone, post or proxy" />
        <Blank label="Filled in by (initials)" />
        <Blank label="Entered by (initials, date)" />
      </dl>
      {forms.map(({ code, form, place, asksPlace }) => (
        <SheetForm
          key={`${code} ${place}`}
          form={form}
          settings={protocol.settings}
          place={place}
          asksPlace={asksPlace}
        />
      ))}
      <footer>
        <p>
          No answer: write in the last box{' '}
          {MISSING_MARKS.map(({ mark, label }) => `${mark} ${label.toLowerCase()}`).join(', ')}. No names of
          persons on this sheet. Titles and codes only: the participant answers on the licensed form.
        </p>
      </footer>
    </article>
  )
}

function describeWindow({ entry: { scheduled } }: DaySheet): string {
  const { windowStart, windowEnd, provisional } = scheduled
  if (!windowStart || !windowEnd) return 'Window not known yet.'
  const planned = provisional ? ', from the planned day zero' : ''
  return `Window ${formatDate(windowStart)} to ${formatDate(windowEnd)}${planned}.`
}

function Blank({ label }: { label: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd />
    </div>
  )
}
