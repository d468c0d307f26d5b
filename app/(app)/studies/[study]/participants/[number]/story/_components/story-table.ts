import type { Story, StorySpan } from '@/lib/domain/story/story'
import { formatScore } from '@/lib/format/scores'
import {
  column,
  type ReportCell,
  type ReportTable,
  textCell,
} from '../../../../cohort/_components/report-table'
import { describeGrade, describeMorphine } from './story-words'

/** A day as it is written: a true minus, and `~` where it follows from a partial date. */
function dayCell(day: number, isEstimated = false): ReportCell {
  return { text: `${isEstimated ? '~' : ''}${day < 0 ? '−' : ''}${Math.abs(day)}`, values: [day] }
}

function endCell({ end, to, isEstimated }: StorySpan): ReportCell {
  if (end === 'ongoing') return textCell('ongoing')
  return end === 'known' ? dayCell(to, isEstimated) : textCell('not known')
}

const NO_END = textCell('', '')

/** Everything that the figure draws, and the scores for which it has no room, by day within each kind. */
export function deriveStoryTable(story: Story): ReportTable {
  const { visits, procedures, events, interventions, medications, courses } = story
  const moment = (kind: string, name: string, day: number, isEstimated = false) => [
    textCell(kind),
    textCell(name),
    dayCell(day, isEstimated),
    NO_END,
    textCell('', ''),
  ]
  return {
    columns: [
      column('kind', 'Kind', 'head'),
      column('what', 'What', 'head'),
      column('from_day', 'From day'),
      column('to_day', 'To day'),
      column('value', 'Value', 'text'),
    ],
    rows: [
      ...procedures.map(({ kind, name, day }) => moment(kind === 'dose' ? 'Dose' : 'Harvest', name, day)),
      ...events.map(event => [
        textCell('Adverse event'),
        textCell(event.category),
        dayCell(event.from, event.isEstimated),
        endCell(event),
        textCell(describeGrade(event)),
      ]),
      ...interventions.map(({ name, day, isEstimated }) => moment('Other treatment', name, day, isEstimated)),
      ...medications.map(medication => [
        textCell('Medication'),
        textCell(medication.drug),
        dayCell(medication.from, medication.isEstimated),
        endCell(medication),
        textCell(describeMorphine(medication), medication.morphineADay ?? ''),
      ]),
      ...visits.map(({ name, day }) => moment('Visit', name, day)),
      ...courses.flatMap(({ parameter, points }) =>
        points.map(({ visit, day, value }) => [
          textCell(parameter.label),
          textCell(visit),
          dayCell(day),
          NO_END,
          textCell(formatLevel(parameter, value), value),
        ]),
      ),
    ],
  }
}

/** A category by its name, a number with its unit. */
export function formatLevel(parameter: Story['courses'][number]['parameter'], value: number): string {
  const level = parameter.levels?.find(each => each.value === value)?.label
  return parameter.kind === 'ordered' && level !== undefined ? level : formatScore(parameter, value)
}
