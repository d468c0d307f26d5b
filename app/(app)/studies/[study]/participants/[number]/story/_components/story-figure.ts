import { drawDose, type Mark } from '@/app/_ui/charts/drawing'
import { GRADE_LOOKS } from '@/app/_ui/charts/safety-interval-layout'
import { drawCategory } from '@/app/_ui/charts/stacked-chart-data'
import type { StoryChartData, StoryItem, StoryPanel, StoryRow } from '@/app/_ui/charts/story-chart-data'
import { layOutStory } from '@/app/_ui/charts/story-layout'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import type { Story, StoryCourse, StoryEvent, StoryMedication } from '@/lib/domain/story/story'
import { formatValue } from '@/lib/format/numbers'
import type { KeyEntry, ReportFigure } from '../../../../cohort/_components/report-figure'
import { deriveStoryTable, formatLevel } from './story-table'
import { describeEvent, describeMedication, describePerson } from './story-words'

/** What a page has room for; the table has all. */
const MOST_EVENTS = 12
const MOST_MEDICATIONS = 10

/** What is said of the making beside the story. */
export interface StoryMaking {
  readonly dosesUnnamed: boolean
  readonly hiddenForms: number
}

/** The story as one figure of the kind that the report has: drawing, legend, note, caption, table. */
export function makeStoryFigure(story: Story, making: StoryMaking): ReportFigure {
  const data = deriveChart(story)
  const person = describePerson(story.person)
  return {
    name: 'story',
    section: 'participants',
    title: `Participant: ${person}`,
    n: 'n = 1',
    panels: [
      {
        name: 'course',
        title: 'Course',
        description: describeCourse(story),
        size: 'full',
        draw: width => layOutStory(data, width),
      },
    ],
    key: listKey(story),
    note: describeNote(story, making),
    caption: `Course of one participant (${person}) in time since day zero: visits, procedures, adverse events by category and CTCAE grade, other treatment, medication, and scores. MME: milligrams of oral morphine equivalents a day. No value was imputed.`,
    table: deriveStoryTable(story),
    explain: null,
  }
}

function deriveChart(story: Story): StoryChartData {
  const drawn = story.courses.filter(course => course.isDrawn)
  return {
    from: story.firstDay,
    to: story.lastDay,
    rules: story.procedures.flatMap(({ kind, day }) => (kind === 'dose' ? [day] : [])),
    rows: [
      { label: 'Visits', items: story.visits.map(({ name, day }) => moment(shorten(name), day, 'tick')) },
      {
        label: 'Procedures',
        items: story.procedures.map(({ kind, name, day }) =>
          moment(name, day, kind === 'dose' ? 'dose' : 'square'),
        ),
      },
      { label: 'Adverse events', items: chooseEvents(story.events).map(drawEvent) },
      ...listOptional(story),
    ],
    panels: drawn.map(derivePanel),
  }
}

function listOptional({ interventions, medications }: Story): StoryRow[] {
  const rows: StoryRow[] = []
  if (interventions.length > 0)
    rows.push({
      label: 'Other treatment',
      items: interventions.map(({ name, day, isEstimated }) =>
        moment(`${isEstimated ? '~' : ''}${name}`, day, 'square'),
      ),
    })
  const items = chooseMedications(medications).map(
    (medication): StoryItem => ({
      from: medication.from,
      to: medication.to,
      text: describeMedication(medication),
      mark: 'bar',
      isOpen: medication.end !== 'known',
    }),
  )
  return [...rows, { label: 'Medication', items }]
}

function moment(text: string, day: number, mark: StoryItem['mark']): StoryItem {
  return { from: day, to: day, text, mark, isOpen: false }
}

/** An unscheduled visit is a mark without a name. */
function shorten(name: string): string {
  return name === 'Unscheduled visit' ? '' : name
}

function drawEvent(event: StoryEvent): StoryItem {
  const look = GRADE_LOOKS[event.grade === null ? 5 : event.grade - 1]
  return {
    from: event.from,
    to: event.to,
    text: describeEvent(event),
    mark: 'bar',
    ...(look ? { look } : {}),
    isOpen: event.end !== 'known',
  }
}

/** The gravest where there is no room for all. */
function chooseEvents(events: readonly StoryEvent[]): readonly StoryEvent[] {
  const rank = ({ grade, isSerious }: StoryEvent) => (isSerious ? 10 : 0) + (grade ?? 0)
  const chosen = new Set(events.toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_EVENTS))
  return events.filter(event => chosen.has(event))
}

/** Opioids and other analgesics where there is no room for all. */
function chooseMedications(medications: readonly StoryMedication[]): readonly StoryMedication[] {
  const rank = ({ morphineADay, morphineReason, isAnalgesic }: StoryMedication) =>
    morphineADay !== null || morphineReason !== null ? 2 : isAnalgesic ? 1 : 0
  const chosen = new Set(medications.toSorted((a, b) => rank(b) - rank(a)).slice(0, MOST_MEDICATIONS))
  return medications.filter(medication => chosen.has(medication))
}

function derivePanel({ parameter, points }: StoryCourse): StoryPanel {
  const values = points.map(({ value }) => value)
  const isSteps = parameter.kind === 'ordered'
  // Levels have their names beside them: those that do not occur need no room.
  const [min, max] = isSteps
    ? [Math.min(...values), Math.max(...values)]
    : deriveScaleDomain(parameter, values)
  const range = `${formatValue(min)} to ${formatValue(max)}`
  return {
    label: parameter.label,
    scale: isSteps ? '' : parameter.unit === 'index' ? range : `${range} ${parameter.unit}`,
    kind: isSteps ? 'steps' : 'line',
    min,
    max: Math.max(max, min + 1e-9),
    points: points.map(({ day, value }) => ({ day, value, text: formatLevel(parameter, value) })),
  }
}

function listKey({ procedures, events, medications }: Story): KeyEntry[] {
  const grades = [1, 2, 3, 4, 5].filter(grade => chooseEvents(events).some(event => event.grade === grade))
  const square: Mark = { kind: 'rect', x: 10, y: 2, width: 8, height: 8, className: 'dose' }
  const isOpen = [...events, ...medications].some(({ end }) => end !== 'known')
  return [
    { marks: [drawDose(14, 6)], text: 'Dose; dashed through the figure' },
    ...(procedures.some(({ kind }) => kind === 'harvest') ? [{ marks: [square], text: 'Harvest' }] : []),
    ...grades.flatMap(grade => {
      const look = GRADE_LOOKS[grade - 1]
      if (!look) return []
      return [{ marks: drawCategory(look, { x: 0, y: 2, width: 28, height: 8 }), text: `Grade ${grade}` }]
    }),
    ...(isOpen
      ? [
          {
            marks: [{ kind: 'path', d: 'M0 2h20l6 4l-6 4h-20z', className: 'ind' } satisfies Mark],
            text: 'Goes on, or end not known',
          },
        ]
      : []),
  ]
}

function describeCourse({ procedures, events, medications, courses }: Story): string {
  const scores = courses
    .filter(({ isDrawn }) => isDrawn)
    .map(({ parameter, points }) => {
      const [first, last] = [points[0], points.at(-1)]
      const from = first ? formatLevel(parameter, first.value) : ''
      return `${parameter.label} ${from}${last && last !== first ? ` to ${formatLevel(parameter, last.value)}` : ''}`
    })
  return [
    ...procedures.map(({ name, day }) => `${name} on day ${day}`),
    `${events.length} adverse events`,
    `${medications.length} courses of medication`,
    ...scores,
  ].join('; ')
}

function describeNote(story: Story, { dosesUnnamed, hiddenForms }: StoryMaking): string[] {
  const events = story.events.length - chooseEvents(story.events).length
  const medications = story.medications.length - chooseMedications(story.medications).length
  const panels = story.courses.filter(course => !course.isDrawn).length
  return [
    'Day zero is the day from which the study counts its visits. ~ follows from a partial date: a start is the earliest possible day, an end the latest. What began before the first day drawn begins at the edge.',
    'Adverse events by category, graded by CTCAE; medication by generic name, MME in mg of oral morphine a day on days on which it is taken, not for dose conversion.',
    'Steps of categories hold until the next assessment.',
    events > 0 ? `The ${MOST_EVENTS} gravest events; ${events} more in the table.` : '',
    medications > 0 ? `${medications} more courses of medication in the table.` : '',
    panels > 0 ? `${panels} more scores in the table.` : '',
    story.notDated > 0 ? `${story.notDated} entries or values without a day are left out.` : '',
    dosesUnnamed ? 'Doses by their order: the arm is not known to the reader.' : '',
    hiddenForms > 0
      ? `${hiddenForms} ${hiddenForms === 1 ? 'form is' : 'forms are'} left out until entered a second time.`
      : '',
  ].filter(Boolean)
}
