import { drawDose, drawMarker, type Mark } from '@/app/_ui/charts/drawing'
import { MOST_FULL_LANES, type SwimmerChartData } from '@/app/_ui/charts/swimmer-chart-data'
import { layOutSwimmer } from '@/app/_ui/charts/swimmer-layout'
import { drawEvent, drawLeaving, drawOngoing, drawRescue, drawVisit } from '@/app/_ui/charts/swimmer-marks'
import { deriveTimeUnit } from '@/lib/domain/outcomes/report-visits'
import type { Swimmer, SwimmerLane } from '@/lib/domain/population/swimmer'
import { type CohortView, hasArms } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { KeyEntry, ReportFigure } from '../report-figure'
import { namePart } from './population-text'
import { deriveCountsTable, deriveLanesTable } from './swimmer-table'

const DAYS_PER_UNIT = { Day: 1, Week: 7, Month: 365.25 / 12 } as const

/** The course of each participant; above two hundred a table of counts. */
export function listSwimmerFigures(view: CohortView): ReportFigure[] {
  const { swimmer } = view.summary.population
  if (view.inSet === 0) return []
  const { lanes } = swimmer
  const about = {
    name: 'courses',
    section: 'participants' as const,
    title: 'Courses of participants',
    n: describeSet(view),
    explain: { about: 'participants' as const },
  }
  const rule =
    'Days count from day zero. Follow-up ends with withdrawal, loss or death; at the last visit where all are over; else at the data cut.'
  if (lanes === null || lanes.length === 0)
    return [
      {
        ...about,
        panels: [],
        key: [],
        note: [
          lanes === null ? 'Above 200 participants single courses are not drawn; they are counted.' : '',
          rule,
        ].filter(Boolean),
        caption: composeCaption(['Follow-up of participants, counted.', rule]),
        table: deriveCountsTable(view, swimmer),
      },
    ]
  const data = toChart(view, lanes)
  const isFull = lanes.length <= MOST_FULL_LANES
  const notes = [
    `${lanes.length} lanes, longest follow-up first. ${rule}`,
    isFull
      ? ''
      : `Above ${MOST_FULL_LANES} participants lanes are thin: visits, events that are not serious and names are left to the table.`,
    lanes[0]?.subject === null
      ? 'No participant and no arm is named on a lane; lanes are ordered by follow-up alone.'
      : '',
    describeUndrawn(swimmer, lanes),
  ].filter(Boolean)
  return [
    {
      ...about,
      panels: [
        {
          name: 'courses',
          title: about.title,
          description: describeEnds(swimmer),
          size: 'full',
          draw: width => layOutSwimmer(data, width),
        },
      ],
      key: listKey(view, lanes, isFull),
      note: notes,
      caption: composeCaption([
        `Swimmer plot of ${lanes.length} participants, one lane each: follow-up, ${isFull ? 'visits, ' : ''}doses, adverse events and rescues.`,
        describeEnds(swimmer),
        rule,
      ]),
      table: deriveLanesTable(view, lanes),
    },
  ]
}

function describeEnds({ counts }: Swimmer): string {
  return counts
    .map(({ label, ends }) => {
      const parts = ends.filter(({ k }) => k > 0).map(({ code, k }) => `${namePart(code).toLowerCase()} ${k}`)
      return `${counts.length > 1 ? label : 'End of follow-up'}: ${parts.join(', ')}.`
    })
    .join(' ')
}

function describeUndrawn({ withoutDayZero }: Swimmer, lanes: readonly SwimmerLane[]): string {
  const undated = lanes.reduce((sum, lane) => sum + lane.undated, 0)
  return [
    withoutDayZero > 0 ? `${withoutDayZero} without a known day zero have no lane.` : '',
    undated > 0 ? `${undated} doses, events or rescues without a known day are not drawn.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function toChart(view: CohortView, lanes: readonly SwimmerLane[]): SwimmerChartData {
  const timeUnit = deriveTimeUnit(view.protocol)
  const arms = (view.summary.parameters[0]?.arms ?? []).map(({ arm }) => arm)
  return {
    timeUnit,
    daysPerUnit: DAYS_PER_UNIT[timeUnit],
    lanes: lanes.map(lane => ({
      subject: lane.subject,
      hasPage: lane.subject !== null && !lane.isOtherSite,
      label: describeLane(lane),
      arm: hasArms(view) && lane.arm !== null ? arms.indexOf(lane.arm) : null,
      from: Math.min(0, lane.visits[0]?.day ?? 0),
      to: lane.followUpDays,
      end: lane.end === 'complete' || lane.end === 'inFollowUp' ? '' : END_WORDS[lane.end],
      isOngoing: lane.end === 'inFollowUp',
      visits: lane.visits.map(({ day, state }) => ({ day, isMissed: state === 'missed' })),
      doses: lane.doses.map(({ day }) => day),
      events: lane.events,
      rescues: lane.rescues.map(({ day }) => day),
    })),
  }
}

const END_WORDS = { withdrawn: 'withdrawn', lost: 'lost', died: 'died' } as const

function describeLane(lane: SwimmerLane): string {
  const count = (k: number, one: string) => (k === 0 ? [] : [`${k} ${one}${k === 1 ? '' : 's'}`])
  return [
    `${lane.subject ?? 'A participant'}: ${lane.followUpDays} days, ${namePart(lane.end).toLowerCase()}`,
    ...count(lane.doses.length, 'dose'),
    ...count(lane.visitsDone, 'visit'),
    ...count(lane.events.length, 'adverse event'),
    ...count(lane.rescues.length, 'rescue'),
  ].join(', ')
}

function listKey(view: CohortView, lanes: readonly SwimmerLane[], isFull: boolean): KeyEntry[] {
  const bar: Mark = { kind: 'rect', x: 0, y: 2, width: 28, height: 9, className: 'o2' }
  const at = { y: 6, height: 9 }
  const has = (test: (lane: SwimmerLane) => boolean) => lanes.some(test)
  const arms = isFull && has(lane => lane.arm !== null) && hasArms(view) ? listArms(view) : []
  const entries: (KeyEntry | false)[] = [
    ...arms,
    { marks: [bar], text: 'Follow-up' },
    has(lane => lane.end === 'inFollowUp') && isFull && { marks: [drawOngoing(8, 6)], text: 'Goes on' },
    has(lane => lane.end !== 'inFollowUp' && lane.end !== 'complete') && {
      marks: [bar, drawLeaving(27, at)],
      text: isFull ? 'Left, as written' : 'Withdrawn, lost or died',
    },
    isFull && { marks: [bar, ...drawVisit(false, 14, at)], text: 'Visit' },
    isFull &&
      has(lane => lane.visits.some(({ state }) => state === 'missed')) && {
        marks: [bar, ...drawVisit(true, 14, at)],
        text: 'Visit missed',
      },
    has(lane => lane.doses.length > 0) && { marks: [bar, drawDose(14, 6, 5)], text: 'Dose' },
    isFull &&
      has(lane => lane.events.some(event => !event.isSerious)) && {
        marks: [drawEvent(false, 14, 6)],
        text: 'Adverse event',
      },
    has(lane => lane.events.some(event => event.isSerious)) && {
      marks: [drawEvent(true, 14, 6)],
      text: 'Serious adverse event',
    },
    has(lane => lane.rescues.length > 0) && { marks: [drawRescue(14, 6)], text: 'Rescue' },
  ]
  return entries.filter(entry => entry !== false)
}

/** Each lane begins with the marker of its arm. */
function listArms(view: CohortView): KeyEntry[] {
  return (view.summary.parameters[0]?.arms ?? []).map(({ arm, label }, index) => ({
    marks: [drawMarker(index, 14, 6, 3.5)],
    text: `${arm} ${label}`,
  }))
}
