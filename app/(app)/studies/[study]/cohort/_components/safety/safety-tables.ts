import type { CategorySafety, GradeCount, TermCounts } from '@/lib/domain/safety/safety-summary'
import { formatDecimal } from '@/lib/format/numbers'
import {
  absentCell,
  column,
  countCell,
  numberCell,
  type ReportCell,
  type ReportColumn,
  type ReportTable,
  textCell,
} from '../report-table'
import {
  armCells,
  armColumns,
  CLASS_LABELS,
  COUNT_COLUMNS,
  countCells,
  GRADE_COLUMNS,
  nameChoice,
  nameGrade,
  type SafetyView,
} from './safety-view'

/** How many participants had events of each class, and how often. */
export function deriveOverviewTable(view: SafetyView): ReportTable {
  const { arms } = view.summary.safety
  const classes = arms[0]?.classes ?? []
  return {
    columns: [column('class', 'Adverse events', 'head'), ...armColumns(view), ...COUNT_COLUMNS],
    rows: classes.flatMap(({ class: name }, index) =>
      arms.flatMap(arm => {
        const counts = arm.classes[index]
        if (!counts) return []
        return [[textCell(CLASS_LABELS[name], name), ...armCells(view, arm.arm), ...countCells(counts)]]
      }),
    ),
  }
}

interface TermLine {
  readonly cells: readonly ReportCell[]
  readonly counts: TermCounts
}

/** A line for each category and term, and for each arm. */
function listLines(view: SafetyView): TermLine[] {
  const lines: TermLine[] = []
  const add = (category: CategorySafety, term: string, arms: readonly TermCounts[]) => {
    for (const counts of arms)
      lines.push({
        cells: [
          textCell(category.label, category.category),
          term === '' ? textCell('all', '') : textCell(term),
          ...armCells(view, counts.arm),
        ],
        counts,
      })
  }
  for (const category of view.summary.safety.categories) {
    add(category, '', category.arms)
    for (const { term, arms } of category.terms) add(category, term, arms)
  }
  return lines
}

function termColumns(view: SafetyView): ReportColumn[] {
  return [column('category', 'Category', 'head'), column('term', 'Event', 'head'), ...armColumns(view)]
}

/** Participants and events by term. */
export function deriveTermTable(view: SafetyView): ReportTable {
  return {
    columns: [...termColumns(view), ...COUNT_COLUMNS],
    rows: listLines(view).map(({ cells, counts }) => [...cells, ...countCells(counts)]),
  }
}

/** Participants by worst grade and term, of all events and of the related ones. */
export function deriveGradeTable(view: SafetyView): ReportTable {
  return {
    columns: [
      ...termColumns(view),
      ...gradeColumns('all', 'All events, participants by worst grade'),
      ...gradeColumns('related', 'Related events, participants by worst grade'),
      column('related_events', 'related', 'number', 'Events'),
      column('events_not_judged', 'not judged', 'number', 'Events'),
    ],
    rows: listLines(view).map(({ cells, counts }) => [
      ...cells,
      ...gradeCells(counts.grades, 'participants'),
      ...gradeCells(counts.related.grades, 'participants'),
      countCell(counts.related.events),
      countCell(counts.eventsNotJudged),
    ]),
  }
}

function gradeColumns(name: string, over: string): ReportColumn[] {
  return GRADE_COLUMNS.map(grade =>
    column(`${name}_grade_${grade ?? 'none'}`, grade === null ? '–' : String(grade), 'number', over),
  )
}

function gradeCells(grades: readonly GradeCount[], of: 'participants' | 'events'): ReportCell[] {
  return GRADE_COLUMNS.map(grade => countCell(grades.find(each => each.grade === grade)?.[of] ?? 0))
}

/** Events by how the investigator judged their relation, with their grades. */
export function deriveRelationTable(view: SafetyView): ReportTable {
  const { arms } = view.summary.safety
  return {
    columns: [
      column('to', 'Relation to', 'head'),
      column('relation', 'Judged', 'head'),
      ...armColumns(view),
      column('participants', 'Participants'),
      column('events', 'Events'),
      ...gradeColumns('events', 'Events by grade'),
    ],
    rows: (arms[0]?.relations ?? []).flatMap(({ to, relation }, index) =>
      arms.flatMap(arm => {
        const line = arm.relations[index]
        if (!line) return []
        const field = to === 'procedure' ? 'AERELPR' : 'AERELPD'
        return [
          [
            textCell(to === 'procedure' ? 'Procedure' : 'Product', to),
            textCell(nameChoice(field, relation, 'Not judged'), relation ?? ''),
            ...armCells(view, arm.arm),
            countCell(line.participants),
            countCell(line.events),
            ...gradeCells(line.grades, 'events'),
          ],
        ]
      }),
    ),
  }
}

/** The serious events one by one; no line where participants are not named. */
export function deriveSeriousTable(view: SafetyView): ReportTable {
  return {
    columns: [
      column('subject', 'Participant', 'head'),
      ...armColumns(view),
      column('term', 'Event', 'text'),
      column('grade', 'Grade', 'text'),
      column('criteria', 'Criteria', 'text'),
      column('relation_procedure', 'Procedure', 'text', 'Relation to the'),
      column('relation_product', 'Product', 'text', 'Relation to the'),
      column('treatment_emergent', 'Treatment-emergent', 'text'),
      column('days_since_last_dose', 'the last dose', 'number', 'Days since'),
      column('days_since_first_procedure', 'the first procedure', 'number', 'Days since'),
      column('outcome', 'Outcome', 'text'),
    ],
    rows: (view.summary.safety.serious ?? []).map(event => {
      const days = (value: number | null) =>
        value === null
          ? absentCell('undated')
          : numberCell(
              value,
              undefined,
              day => `${event.isOnsetEstimated ? '~' : ''}${formatDecimal(day, 0)}`,
            )
      const isBeforeDose = event.daysSinceLastDose === null && event.daysSinceFirstProcedure !== null
      return [
        textCell(event.subject),
        ...armCells(view, event.arm),
        textCell(event.term),
        textCell(nameGrade(event.grade), event.grade ?? ''),
        textCell(
          event.criteria.map(code => nameChoice('AESERCRIT', code, code)).join('; ') || 'judged serious',
          event.criteria.join(' '),
        ),
        textCell(
          nameChoice('AERELPR', event.relationToProcedure, 'not judged'),
          event.relationToProcedure ?? '',
        ),
        textCell(nameChoice('AERELPD', event.relationToProduct, 'not judged'), event.relationToProduct ?? ''),
        textCell(
          { yes: 'Yes', no: 'No', unknown: 'Not known' }[event.isTreatmentEmergent],
          event.isTreatmentEmergent,
        ),
        isBeforeDose ? textCell('before any dose', '') : days(event.daysSinceLastDose),
        days(event.daysSinceFirstProcedure),
        textCell(
          event.outcome === null && event.isOngoing
            ? 'Ongoing at the data cut'
            : nameChoice('AEOUT', event.outcome, 'not recorded'),
          event.outcome ?? '',
        ),
      ]
    }),
  }
}
