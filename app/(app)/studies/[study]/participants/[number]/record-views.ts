import type { Parameter } from '@/lib/domain/instruments/instrument'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import { daysBetween } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import { formatPercent } from '@/lib/format/numbers'
import { formatMissedVisit } from '@/lib/format/reasons'
import { formatScore } from '@/lib/format/scores'
import type { ParticipantRecord } from '@/lib/server/participant-record'
import type { TimelineData, TimelinePanel } from './_components/timeline-layout'
import type { VisitLine } from './_components/visit-table'

/** Forms that are not shown, each called by its visit, too. */
export function listHiddenByVisit({ hidden, visits, unscheduled }: ParticipantRecord) {
  const names = new Map([
    ...visits.map(({ plan }) => [plan.code, plan.name] as const),
    ...unscheduled.map(({ code, name }) => [code, name] as const),
  ])
  return hidden.map(({ visit, name }) => ({ visit, name: `${name}, ${names.get(visit) ?? visit}` }))
}

/** First and last value of each parameter in words. */
export function listCourses({
  trends,
}: ParticipantRecord): readonly { readonly label: string; readonly text: string }[] {
  return trends.slice(0, 4).map(({ parameter, baseline, latest, improvement }) => {
    const values = [baseline, latest]
      .filter(value => value !== null)
      .map(value => formatScore(parameter, value))
    return {
      label: parameter.label,
      text: [values.join(' → '), describeImprovement(improvement)].filter(Boolean).join(', '),
    }
  })
}

function describeImprovement(percent: number | null): string {
  if (percent === null) return ''
  if (percent === 0) return 'unchanged'
  return `${formatPercent(Math.abs(percent) / 100)} ${percent > 0 ? 'better' : 'worse'}`
}

export function listVisitLines({ visits, trends, unscheduled }: ParticipantRecord): readonly VisitLine[] {
  const planned = visits.map(({ plan, scheduled, standing, date, missedReason, inWindow, studyDay }) => ({
    code: plan.code,
    name: plan.name,
    state: standing.state,
    afterEnd: standing.afterEnd,
    date,
    studyDay,
    fromTarget: date && scheduled.target ? daysBetween(scheduled.target, date) : null,
    inWindow,
    windowStart: scheduled.windowStart,
    windowEnd: scheduled.windowEnd,
    provisional: scheduled.provisional,
    missed: missedReason === null ? null : formatMissedVisit(missedReason, null).toLowerCase(),
    values: trends.map(({ parameter, points }) =>
      formatCell(parameter, points.find(point => point.visit === plan.code)?.value),
    ),
    cause: null,
  }))
  const others = unscheduled.map(({ code, name, state, date, studyDay, cause, values }) => ({
    ...{ code, name, state, afterEnd: null, date, studyDay, cause: cause ?? 'no cause recorded' },
    ...{ fromTarget: null, inWindow: null, windowStart: null, windowEnd: null, provisional: false },
    missed: null,
    values: trends.map(({ parameter }) => formatCell(parameter, values.get(parameter.code))),
  }))
  // An unscheduled visit stands where its day puts it among the others.
  const dayOf = ({ date, windowStart }: VisitLine) => date ?? windowStart
  return others.reduce<readonly VisitLine[]>((lines, other) => {
    const after = lines.findIndex(line => other.date !== null && (dayOf(line) ?? '') > other.date)
    return lines.toSpliced(after < 0 ? lines.length : after, 0, other)
  }, planned)
}

function formatCell(parameter: Parameter, value: number | undefined): string | null {
  return value === undefined ? null : formatScore(parameter, value)
}

/** What the timeline draws: visits that ask something, doses, and the first three instruments. */
export function makeTimeline({ visits, doses, trends, unscheduled, today }: ParticipantRecord): TimelineData {
  const others = unscheduled.map(({ code, name, state, date }) => ({
    ...{ code, name, state, date, inWindow: null, target: null, windowStart: null, windowEnd: null },
  }))
  const planned = visits
    .filter(({ standing }) => standing.state !== 'none')
    .map(({ plan, scheduled, standing, date, inWindow }) => ({
      code: plan.code,
      name: plan.name,
      state: standing.state,
      inWindow,
      date,
      target: scheduled.target,
      windowStart: scheduled.windowStart,
      windowEnd: scheduled.windowEnd,
    }))
  const dayOf = (visit: TimelineData['visits'][number]) => visit.target ?? visit.date ?? '9999'
  return {
    visits: [...planned, ...others].toSorted((a, b) =>
      dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0,
    ),
    doses: doses.map(({ name, givenOn }) => ({ date: givenOn, text: `${name}, ${formatDate(givenOn)}` })),
    panels: listPanels(trends),
    today,
  }
}

function listPanels(trends: ParticipantRecord['trends']): readonly TimelinePanel[] {
  const instruments = [...new Set(trends.map(trend => trend.instrument))].slice(0, 3)
  return instruments.map(instrument => {
    const own = trends.filter(trend => trend.instrument === instrument)
    const [first] = own
    // Lines that share a scale share the panel.
    const lines = own.filter(
      ({ parameter }) => parameter.max === first?.parameter.max && parameter.min === first?.parameter.min,
    )
    const values = lines.flatMap(({ points }) => points.map(({ value }) => value))
    return {
      title: lines.length === 1 ? (first?.parameter.label ?? instrument) : instrument,
      lines: lines.map(({ parameter, points }) => ({
        label: parameter.label,
        scale: parameter,
        range: deriveScaleDomain(parameter, values),
        points: points.flatMap(({ date, value }) => (date ? [{ date, value }] : [])),
      })),
    }
  })
}
