import { drawLine } from '@/app/_ui/charts/drawing'
import {
  countCensorMarks,
  MOST_CENSOR_MARKS,
  type StepChartData,
  type StepPoint,
} from '@/app/_ui/charts/step-chart-data'
import { layOutSteps } from '@/app/_ui/charts/step-layout'
import type { ArmTimeToEvent, TimeToEventResult } from '@/lib/domain/outcomes/time-to-event-types'
import { formatPercent } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { keyArms } from './arm-key'
import { deriveEventTable } from './event-table'
import { placeDay, placeVisits, timeUnitOf } from './visit-times'

/**
 * Curves are drawn past the last visit by this share of its time: late visits are seen, years of waiting do not squeeze
 * the course. By as much a curve of responses goes on after its last step, which else would show no interval.
 */
const DRAWN_PAST = 0.05

const LAST_ASSESSMENT = 'Censored at the last assessment with a value.'
const PLACED =
  'Scheduled visits stand at their planned time, unscheduled ones at their day; at one time responses come before censoring.'

const DRAWN_TO = {
  lastVisit: 'Curves are drawn to the last visit and a little past it.',
  lastAssessment: 'Curves are drawn a little past the last assessment, so that its interval is seen.',
}

const EVENTS = [
  {
    event: 'firstResponse',
    title: 'Time to first response',
    rule: 'The first assessment, scheduled or not, at which the rule is met.',
    censored: LAST_ASSESSMENT,
  },
  {
    event: 'sustainedResponse',
    title: 'Time to sustained response',
    rule: 'The first assessment from which on every later value meets the rule, of two at least.',
    censored: LAST_ASSESSMENT,
  },
  {
    event: 'rescue',
    title: 'Time to rescue',
    rule: 'The first intervention that counts as a rescue by the protocol.',
    censored: 'Censored at the end of follow-up or the data cut.',
  },
] as const

/** Curves of time to first response, to sustained response and to rescue: a panel for each rule. */
export function listEventFigures(view: CohortView): ReportFigure[] {
  return EVENTS.flatMap(({ event, title, rule, censored }): ReportFigure[] => {
    const results = view.summary.timeToEvent.filter(each => each.event === event)
    const [first] = results
    if (!first) return []
    // Where nobody has a day zero there is no time to draw: the table says so.
    const panels = results
      .filter(({ arms }) => arms.some(arm => arm.n > 0))
      .map(result => ({ result, data: toChartData(view, result) }))
    const method =
      'Kaplan–Meier estimate of the share with the event, 95% intervals on the log(−log) scale; time in days from day zero, drawn in the unit of the visits.'
    const marksCensored = panels.some(
      ({ data }) => countCensorMarks(data) > 0 && countCensorMarks(data) <= MOST_CENSOR_MARKS,
    )
    const excluded = describeExcluded(results)
    return [
      {
        name: `time-to-${event}`,
        section: 'outcome',
        title,
        n: describeSet(view),
        panels: panels.map(({ result, data }) => ({
          name: result.rule ?? 'rescue',
          title: result.label,
          description: result.arms.map(arm => describeArm(arm, result.arms.length > 1)).join(' '),
          size: 'half',
          draw: width => layOutSteps(data, width),
        })),
        key: [
          ...(panels.length > 0 ? keyArms(view, 'curve', 'share with the event, with 95% band') : []),
          ...(marksCensored ? [{ marks: [drawLine('censored', 14, 2, 14, 10)], text: 'Censored' }] : []),
        ],
        note: [
          rule,
          `${censored} Death and withdrawal censor.`,
          event === 'rescue' ? '' : PLACED,
          method,
          describeStrategy(view, event),
          'At risk: observed up to the visit’s planned day without the event before it. Nothing is filled in.',
          panels.length > 0 ? DRAWN_TO[event === 'rescue' ? 'lastVisit' : 'lastAssessment'] : '',
          first.resolution === 'coarse'
            ? 'Curves are told at the visits alone and without a median, since a participant’s own day would tell the arm.'
            : '',
          excluded,
        ].filter(Boolean),
        caption: composeCaption([
          first.rule === null ? `${title}.` : `${title}: ${results.map(({ label }) => label).join('; ')}.`,
          rule,
          event === 'rescue' ? '' : PLACED,
          censored,
          method,
          'Numbers at risk below the axis.',
          excluded,
        ]),
        table: deriveEventTable(view, results),
        explain:
          first.parameter === null ? null : { parameter: first.parameter, rule: first.rule ?? undefined },
      },
    ]
  })
}

function describeStrategy({ summary }: CohortView, event: TimeToEventResult['event']): string {
  const { strategy } = summary.view
  if (strategy === 'whileOnFirstDose')
    return event === 'rescue'
      ? 'While on first dose: censored at a second dose.'
      : 'While on first dose: values after a second dose or rescue are left out.'
  if (strategy === 'composite' && event !== 'rescue')
    return 'Composite: a second dose or rescue ends the possibility of response; the participant stays at risk up to the last assessment.'
  return ''
}

const EXCLUDED: Readonly<Record<string, string>> = {
  noDayZero: 'without day zero',
  noBaseline: 'without baseline',
  baselineZero: 'with a baseline of 0',
  undatedRescue: 'with an undated rescue',
  undatedFollowUpEnd: 'with an undated end of follow-up',
}
const NOT_USED = [
  ['notAfterDayZero', 'not after day zero'],
  ['leftOutByView', 'left out by the view'],
] as const

/** Who and what could not be used, over all arms; the first rule speaks for all where they agree. */
function describeExcluded(results: readonly TimeToEventResult[]): string {
  const texts = results.map(({ arms }) => {
    const people = Object.entries(EXCLUDED).flatMap(([reason, words]) => {
      const count = arms.reduce((sum, arm) => sum + (arm.excluded[reason] ?? 0), 0)
      return count > 0 ? [`${count} ${words}`] : []
    })
    const values = NOT_USED.flatMap(([reason, words]) => {
      const count = arms.reduce((sum, arm) => sum + arm.valuesNotUsed[reason], 0)
      return count > 0 ? [`${count} ${words}`] : []
    })
    return [
      people.length > 0 ? `Participants left out: ${people.join(', ')}.` : '',
      values.length > 0 ? `Values not used: ${values.join(', ')}.` : '',
    ]
      .filter(Boolean)
      .join(' ')
  })
  if (new Set(texts).size <= 1) return texts[0] ?? ''
  return results.flatMap(({ label }, index) => (texts[index] ? [`${label}: ${texts[index]}`] : [])).join(' ')
}

function toChartData(view: CohortView, { event, arms, resolution }: TimeToEventResult): StepChartData {
  const codes = arms[0]?.atVisits.map(({ visit }) => visit) ?? []
  const last = Math.max(0, ...arms.map(arm => arm.steps.at(-1)?.day ?? 0))
  const lastObserved = resolution === 'coarse' ? Number.POSITIVE_INFINITY : last
  const days = new Map(arms[0]?.atVisits.map(({ visit, day }) => [visit, day]))
  const placed = placeVisits(view, codes).filter(({ time }) => time > 0)
  const lastVisit = placed.at(-1)?.time ?? Number.POSITIVE_INFINITY
  const limit = lastVisit * (1 + DRAWN_PAST)
  const goesOn = event === 'rescue' ? 0 : lastVisit * DRAWN_PAST
  const shown = placed.filter(({ code }, index) => (days.get(code) ?? 0) <= lastObserved || index === 0)
  return {
    timeUnit: timeUnitOf(view),
    visits: [{ label: '0', time: 0 }, ...shown.map(({ label, time }) => ({ label, time }))],
    arms: arms.map(arm => ({
      code: arm.arm,
      steps: cutSteps(listPoints(view, arm, resolution), limit, goesOn),
      atRisk: [
        arm.n,
        ...shown.map(({ code }) => arm.atVisits.find(({ visit }) => visit === code)?.atRisk ?? 0),
      ],
    })),
  }
}

function listPoints(
  view: CohortView,
  arm: ArmTimeToEvent,
  resolution: TimeToEventResult['resolution'],
): StepPoint[] {
  const points = resolution === 'exact' ? arm.steps : arm.atVisits.map(point => ({ ...point, censored: 0 }))
  return points.flatMap(({ day, proportion, ciLower, ciUpper, censored }) =>
    proportion === null
      ? []
      : [
          {
            time: placeDay(view, day),
            share: proportion,
            lower: ciLower,
            upper: ciUpper,
            isCensored: censored > 0,
          },
        ],
  )
}

/** The steps up to a time; a curve that goes on after it is drawn up to there, one that ends a little past its end. */
function cutSteps(steps: readonly StepPoint[], limit: number, goesOn: number): StepPoint[] {
  const kept = steps.filter(({ time }) => time <= limit)
  const last = kept.at(-1)
  const isCut = kept.length < steps.length
  if (!isCut && (last === undefined || goesOn === 0 || !Number.isFinite(goesOn))) return kept
  const level = last ?? { share: 0, lower: null, upper: null }
  const time = isCut || last === undefined ? limit : Math.min(limit, last.time + goesOn)
  return [...kept, { ...level, time, isCensored: false }]
}

function describeArm(arm: ArmTimeToEvent, isNamed: boolean): string {
  const last = arm.atVisits.findLast(({ proportion }) => proportion !== null)
  const share =
    last?.proportion === undefined || last.proportion === null
      ? ''
      : `, ${formatPercent(last.proportion)} by day ${Math.round(last.day)}`
  return `${isNamed ? `${arm.arm}: ` : ''}${arm.events} of ${arm.n} with the event, ${arm.censored} censored${share}.`
}
