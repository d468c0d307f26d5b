import { redirect } from 'next/navigation'
import { Refusal } from '@/app/_ui/refusal'
import { pageContext } from '@/lib/server/auth'
import { findNextVisit } from '@/lib/server/worklist'

interface Props {
  params: Promise<{ study: string }>
  searchParams: Promise<{ number?: string | string[]; visit?: string | string[]; site?: string | string[] }>
}

/** Where “Save and next” leads: the next visit of the worklist, or the worklist where nothing is left. */
export default async function NextVisitPage({ params, searchParams }: Props) {
  const study = decodeURIComponent((await params).study)
  const query = await searchParams
  const base = `/studies/${encodeURIComponent(study)}`
  const ctx = await pageContext(`${base}/worklist`)
  const site = typeof query.site === 'string' && query.site !== '' ? query.site : null
  const after = { study, number: String(query.number ?? ''), visit: String(query.visit ?? ''), site }
  const next = findNextVisit(ctx, after)
  if (!next.ok) return <Refusal error={next.error} />
  const saved = new URLSearchParams({ saved: `${after.number} ${after.visit}`, ...(site && { site }) })
  if (next.value === null) redirect(`${base}/worklist?${saved}`)
  const { number, visit } = next.value
  redirect(`${base}/participants/${encodeURIComponent(number)}/visits/${encodeURIComponent(visit)}?${saved}`)
}
