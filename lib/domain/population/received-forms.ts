import { findInstrument } from '@/lib/domain/instruments/registry'
import { isReceived } from '@/lib/domain/outcomes/analysed-score'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { isInFollowUp } from '@/lib/domain/outcomes/expected'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { PopulationData } from '@/lib/domain/population/population-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** How complete the record is, questionnaire by questionnaire and visit by visit. */
export interface ReceivedForms {
  readonly forms: readonly ReceivedForm[]
  /** Every cell together. */
  readonly total: Omit<ReceivedCell, 'visit'>
}

export interface ReceivedForm {
  /** Code of the instrument or of the study's own form. */
  readonly form: string
  readonly label: string
  /** In protocol order; visits that do not ask for it are left out. */
  readonly visits: readonly ReceivedCell[]
}

export interface ReceivedCell {
  readonly visit: string
  /** Everyone in the set whose window has closed at the data cut. */
  readonly expected: number
  readonly received: number
  /** Of the expected, those received or still alive and in follow-up. */
  readonly expectedInFollowUp: number
  /** Received while the window was still open; not in `received`. */
  readonly early: number
}

/**
 * Received and expected of each form at each visit, all arms together. An instrument is received with a value of at least
 * one of its scores; a form without scores (the study's own, contacts for adverse events) when it was filled in and not
 * declared not done, whatever a view makes of it. `expected` as everywhere: the window has closed, whatever became of the participant.
 * Source: clinical.md §3, sets and denominators. Checked by hand in conduct.test.ts.
 * Example: nine expected at 9 months, one visit missed → `{ expected: 9, received: 8 }`.
 */
export function countReceivedForms(
  cohort: PreparedCohort,
  protocol: Protocol,
  data: Pick<PopulationData, 'receipts' | 'unscoredWindows' | 'dataCut'>,
): ReceivedForms {
  const order = new Map<string, string[]>()
  for (const visit of protocol.visits)
    for (const code of [...visit.instruments, ...visit.forms]) {
      const known = order.get(code)
      if (known) known.push(visit.code)
      else order.set(code, [visit.code])
    }
  const grids = new Map(cohort.grids.map(grid => [grid.parameter.code, grid]))
  const unscored = placeUnscored(cohort, data)
  const forms = [...order].flatMap(([code, visits]): ReceivedForm[] => {
    const instrument = findInstrument(code)
    const own = protocol.forms.find(form => form.code === code)
    if (!instrument && !own) return []
    const scored = (instrument?.parameters(protocol.settings) ?? []).flatMap(
      ({ code: parameter }) => grids.get(parameter) ?? [],
    )
    return [
      {
        form: code,
        label: instrument?.name ?? own?.label ?? code,
        visits: visits.map(visit =>
          scored.length > 0
            ? countScored(cohort, scored, visit)
            : countUnscored(cohort, unscored, code, visit, data.dataCut),
        ),
      },
    ]
  })
  return { forms, total: addCells(forms.flatMap(form => form.visits)) }
}

function addCells(cells: readonly ReceivedCell[]): ReceivedForms['total'] {
  const sum = (pick: (cell: ReceivedCell) => number) => cells.reduce((total, cell) => total + pick(cell), 0)
  return {
    expected: sum(cell => cell.expected),
    received: sum(cell => cell.received),
    expectedInFollowUp: sum(cell => cell.expectedInFollowUp),
    early: sum(cell => cell.early),
  }
}

/** What was received, and when windows close, by member's position: null window = none can be computed. */
interface Unscored {
  readonly received: ReadonlyMap<string, readonly boolean[]>
  readonly windowEnds: ReadonlyMap<string, readonly (CalendarDate | null | undefined)[]>
}

function placeUnscored(
  cohort: PreparedCohort,
  data: Pick<PopulationData, 'receipts' | 'unscoredWindows' | 'dataCut'>,
): Unscored {
  const positions = new Map(cohort.set.members.map((member, position) => [member.participant, position]))
  const received = new Map<string, boolean[]>()
  const windowEnds = new Map<string, (CalendarDate | null | undefined)[]>()
  const place = <Value>(places: Map<string, Value[]>, key: string, participant: number, value: Value) => {
    const position = positions.get(participant)
    if (position === undefined) return
    const known = places.get(key) ?? new Array<Value>(positions.size)
    known[position] = value
    places.set(key, known)
  }
  for (const { participant, visit, form, date } of data.receipts)
    if (date === null || date <= data.dataCut) place(received, `${form}|${visit}`, participant, true)
  for (const { participant, visit, windowEnd } of data.unscoredWindows)
    place(windowEnds, visit, participant, windowEnd)
  return { received, windowEnds }
}

function countScored(cohort: PreparedCohort, grids: readonly ParameterGrid[], visit: string): ReceivedCell {
  const columns = grids.flatMap(grid => grid.columns.filter(column => column.visit === visit))
  const counts = { expected: 0, received: 0, expectedInFollowUp: 0, early: 0 }
  for (const [position, member] of cohort.set.members.entries()) {
    const isDue = columns.some(column => column.due[position] === 'due')
    const hasValue = columns.some(column => isReceived(column.scores[position]))
    if (!isDue) {
      if (hasValue) counts.early += 1
      continue
    }
    counts.expected += 1
    if (hasValue) counts.received += 1
    if (isInFollowUp(member, columns[0]?.scheduled[position], hasValue)) counts.expectedInFollowUp += 1
  }
  return { visit, ...counts }
}

function countUnscored(
  cohort: PreparedCohort,
  unscored: Unscored,
  form: string,
  visit: string,
  dataCut: CalendarDate,
): ReceivedCell {
  const received = unscored.received.get(`${form}|${visit}`) ?? []
  const windowEnds = unscored.windowEnds.get(visit) ?? []
  const counts = { expected: 0, received: 0, expectedInFollowUp: 0, early: 0 }
  for (const [position, member] of cohort.set.members.entries()) {
    const isReceived = received[position] === true
    const windowEnd = windowEnds[position]
    // Never scheduled: expected only where it came all the same. Without a window it counts as due.
    const isDue = windowEnd === undefined ? isReceived : windowEnd === null || windowEnd < dataCut
    if (!isDue) {
      if (isReceived) counts.early += 1
      continue
    }
    counts.expected += 1
    if (isReceived) counts.received += 1
    const end = member.followUpEnd
    const isStaying = end === null || (end.date !== null && !!windowEnd && end.date >= windowEnd)
    if (isReceived || isStaying) counts.expectedInFollowUp += 1
  }
  return { visit, ...counts }
}
