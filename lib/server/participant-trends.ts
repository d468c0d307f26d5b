import type { listScores } from '@/db/queries/participant-scores'
import type { listTreatments } from '@/db/queries/treatments'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { deriveCourse } from '@/lib/domain/outcomes/course'
import { computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

type ScoreRow = ReturnType<typeof listScores>[number]
type DoseRow = ReturnType<typeof listTreatments>[number]

/** One parameter of one participant over the visits. */
export interface Trend {
  readonly parameter: Parameter
  readonly points: readonly {
    readonly visit: string
    readonly date: CalendarDate | null
    readonly value: number
  }[]
  readonly baseline: number | null
  /** The value of the latest visit that has one; null when that is none after baseline. */
  readonly latest: number | null
  /** Percent, positive when better; null where it is not defined. */
  readonly improvement: number | null
}

/** The course of one parameter, with the baseline that the protocol defines. Rows are those of one participant. */
export function deriveTrend(
  protocol: Protocol,
  parameter: Parameter,
  rows: readonly ScoreRow[],
  doses: readonly DoseRow[],
  dayZero: CalendarDate | null,
): Trend {
  const { baseline, scores } = deriveCourse(
    rows.filter(row => row.parameter === parameter.code),
    { dayZero, doses: doses.map(dose => ({ treatment: dose.plan, date: dose.givenOn })) },
    protocol.baseline,
    parameter,
  )
  const order = protocol.visits.map(visit => visit.code)
  const points = order.flatMap(visit => {
    const { date = null, value = null } = scores.get(visit) ?? {}
    return value === null ? [] : [{ visit, date, value }]
  })
  const lastBaseline = Math.max(...protocol.baseline.visits.map(visit => order.indexOf(visit)))
  const latest = points.filter(point => order.indexOf(point.visit) > lastBaseline).at(-1)?.value ?? null
  const improvement = computePercentImprovement(parameter, baseline, latest)
  return {
    parameter,
    points,
    baseline,
    latest,
    improvement: improvement.kind === 'improvement' ? improvement.value : null,
  }
}
