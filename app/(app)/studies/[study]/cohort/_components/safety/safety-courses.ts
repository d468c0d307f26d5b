import { armClass, drawLine, type Mark } from '@/app/_ui/charts/drawing'
import { GRADE_LOOKS, type IntervalChartData, layOutIntervals } from '@/app/_ui/charts/safety-interval-layout'
import { layOutSteps, type StepsChartData } from '@/app/_ui/charts/safety-steps-layout'
import { drawCategory } from '@/app/_ui/charts/stacked-chart-data'
import type { ArmSafety, DoseInterval } from '@/lib/domain/safety/safety-summary'
import { formatDecimal } from '@/lib/format/numbers'
import type { FigurePanel, KeyEntry } from '../report-figure'
import { absentCell, column, countCell, numberCell, type ReportTable, textCell } from '../report-table'
import { armCells, armColumns, GRADE_COLUMNS, nameGrade, type SafetyView } from './safety-view'

/** A panel for each arm: events by days since the last dose. */
export function listIntervalPanels({ summary: { safety } }: SafetyView): FigurePanel[] {
  return safety.arms.flatMap(arm => {
    const { sinceLastDose } = arm
    if (sinceLastDose === null) return []
    const data = deriveIntervals(sinceLastDose)
    return {
      name: arm.arm,
      title: `${arm.label}, n = ${arm.inSet}`,
      description: sinceLastDose
        .map(
          ({ events, participants, ...interval }) =>
            `${nameInterval(interval)}: ${events} events of ${participants} participants`,
        )
        .join('; '),
      size: safety.arms.length > 1 ? 'half' : 'full',
      draw: width => layOutIntervals(data, width),
    }
  })
}

function deriveIntervals(sinceLastDose: readonly DoseInterval[]): IntervalChartData {
  return {
    looks: GRADE_LOOKS,
    intervals: sinceLastDose.filter(isDrawn).map(interval => ({
      label: nameShort(interval),
      participants: interval.participants,
      participantYears:
        interval.participantYears === null ? null : formatDecimal(interval.participantYears, 1),
      counts: GRADE_COLUMNS.map(grade => interval.grades.find(each => each.grade === grade)?.events ?? 0),
    })),
  }
}

/** The time between harvest and dose, and events without a day, take a bar only where there are any. */
function isDrawn({ kind, events, participantYears }: DoseInterval): boolean {
  return kind === 'sinceDose' || events > 0 || (participantYears ?? 0) > 0
}

type Span = Pick<DoseInterval, 'kind' | 'fromDay' | 'toDay'>

function nameShort({ kind, fromDay, toDay }: Span): string {
  if (kind !== 'sinceDose') return kind === 'beforeDose' ? 'before' : 'no date'
  return toDay === null ? `≥ ${fromDay}` : `${fromDay}–${toDay}`
}

function nameInterval(span: Span): string {
  if (span.kind === 'beforeDose') return 'After the first procedure, before any dose'
  return span.kind === 'notDated' ? 'Not dated' : `${nameShort(span)} days`
}

/** Grades that occur, as samples. */
export function listGradeKey({ summary: { safety } }: SafetyView): KeyEntry[] {
  return GRADE_COLUMNS.flatMap((grade, index) => {
    const look = GRADE_LOOKS[index]
    const occurs = safety.arms.some(arm =>
      arm.sinceLastDose?.some(({ grades }) => grades.some(each => each.grade === grade)),
    )
    if (!look || !occurs) return []
    const text = grade === null ? 'Not graded' : `Grade ${nameGrade(grade)}`
    return [{ marks: drawCategory(look, { x: 0, y: 0, width: 28, height: 12 }), text }]
  })
}

export function deriveIntervalTable(view: SafetyView): ReportTable {
  const { arms } = view.summary.safety
  return {
    columns: [
      column(['from_day', 'to_day'], 'Days since the last dose', 'head'),
      ...armColumns(view),
      column('participant_years', 'Participant-years'),
      column('participants', 'Participants'),
      column('events', 'Events'),
      ...GRADE_COLUMNS.map(grade =>
        column(
          `events_grade_${grade ?? 'none'}`,
          grade === null ? '–' : String(grade),
          'number',
          'Events by grade',
        ),
      ),
    ],
    rows: [
      ...arms.flatMap(({ arm, sinceLastDose, sinceLastDoseReason }) =>
        sinceLastDose === null
          ? [
              [
                { text: 'Any', values: ['', ''] },
                ...armCells(view, arm),
                ...Array.from({ length: 3 + GRADE_COLUMNS.length }, () => absentCell(sinceLastDoseReason)),
              ],
            ]
          : [],
      ),
      ...(arms[0]?.sinceLastDose ?? []).flatMap((_, index) =>
        arms.flatMap(arm => {
          const line = arm.sinceLastDose?.[index]
          if (!line) return []
          return [
            [
              { text: nameInterval(line), values: [line.fromDay ?? line.kind, line.toDay ?? ''] },
              ...armCells(view, arm.arm),
              line.participantYears === null
                ? absentCell('undated')
                : numberCell(line.participantYears, undefined, years => formatDecimal(years, 2)),
              countCell(line.participants),
              countCell(line.events),
              ...GRADE_COLUMNS.map(grade =>
                countCell(line.grades.find(each => each.grade === grade)?.events ?? 0),
              ),
            ],
          ]
        }),
      ),
    ],
  }
}

/** Participants with an event by day. */
export function listStepPanels({ summary: { safety } }: SafetyView): FigurePanel[] {
  const data = deriveSteps(safety.arms)
  const ends = safety.arms.map(({ label, inSet, firstEvent }) => {
    const last = firstEvent.steps.at(-1)
    return `${label}: ${last?.participants ?? 0} of ${inSet} by day ${last?.day ?? 0}`
  })
  return [
    {
      name: 'steps',
      title: 'Participants with an event',
      description: `${ends.join('; ')}.`,
      size: 'full',
      draw: width => layOutSteps(data, width),
    },
  ]
}

function deriveSteps(arms: readonly ArmSafety[]): StepsChartData {
  const days = [...new Set(arms.flatMap(arm => arm.firstEvent.observed.map(({ day }) => day)))].toSorted(
    (a, b) => a - b,
  )
  const lastStep = arms.map(({ firstEvent }) => firstEvent.steps.at(-1)?.day ?? 0)
  return {
    lastDay: Math.max(0, ...days, ...lastStep),
    arms: arms.map(({ arm, inSet, firstEvent }) => ({ code: arm, n: inSet, steps: firstEvent.steps })),
    days: days.map(day => ({
      day,
      observed: arms.map(
        ({ firstEvent }) => firstEvent.observed.find(each => each.day === day)?.participants ?? 0,
      ),
    })),
  }
}

export function listArmKey({ summary: { safety } }: SafetyView): KeyEntry[] {
  if (safety.arms.length === 1) return []
  return safety.arms.map(({ arm, label, inSet }, index) => {
    const marks: Mark[] = [drawLine(`mean ${armClass(index)}`, 0, 6, 28, 6)]
    return { marks, text: `${arm} ${label}, n = ${inSet}` }
  })
}

export function deriveStepTable(view: SafetyView): ReportTable {
  return {
    columns: [
      column('day', 'Day', 'head'),
      ...armColumns(view),
      column('participants_with_event', 'With an event'),
      column('n', 'of'),
      column('observed', 'Observed to the day'),
    ],
    rows: view.summary.safety.arms.flatMap(({ arm, inSet, firstEvent }) =>
      listStepDays(firstEvent).map(day => {
        const observed = firstEvent.observed.find(each => each.day === day)
        return [
          countCell(day),
          ...armCells(view, arm),
          countCell(firstEvent.steps.findLast(step => step.day <= day)?.participants ?? 0),
          countCell(inSet),
          observed ? countCell(observed.participants) : textCell('–', ''),
        ]
      }),
    ),
  }
}

function listStepDays({ steps, observed }: ArmSafety['firstEvent']): number[] {
  return [...new Set([...steps, ...observed].map(({ day }) => day))].toSorted((a, b) => a - b)
}
