import { formatDecimal } from '@/lib/format/numbers'
import { composeCaption, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import type { ReportTable } from '../report-table'
import {
  deriveIntervalTable,
  deriveStepTable,
  listArmKey,
  listGradeKey,
  listIntervalPanels,
  listStepPanels,
} from './safety-courses'
import {
  deriveGradeTable,
  deriveOverviewTable,
  deriveRelationTable,
  deriveSeriousTable,
  deriveTermTable,
} from './safety-tables'
import { nameSafetyCount, type SafetyView } from './safety-view'

const COUNTING =
  'Treatment-emergent events: begun on or after the first study procedure (harvest or dose), an unknown onset included. A participant counts once in each line, at the worst grade.'
const INTERVALS =
  '95% CI two-sided: Clopper–Pearson for participants, exact Poisson for events per participant-year, events taken as independent.'
const RELATED =
  'Related: possible, probable or definite to the procedure or the product, as the investigator judged.'

const ABOUT_EVENTS: ReportFigure['explain'] = { about: 'events' }

/** The safety section: how often, which, how grave, how related, when. Where nothing happened, the bounds alone. */
export function listSafetyFigures(view: SafetyView): ReportFigure[] {
  const { safety } = view.summary
  const hasEvents = safety.categories.length > 0
  const isMasked = safety.categories.some(({ terms }) => terms.length === 0)
  const isSummed = !isMasked && isCoarse(view)
  const terms = [
    'Terms as recorded, without a dictionary; case and blanks do not matter.',
    isMasked ? 'Terms are left out while arms are masked, since they may tell the product.' : '',
    isSummed
      ? 'Terms seen in fewer than 5 participants stand together, so that none is one participant’s own event.'
      : '',
  ]
  const overview = describeTable(view, {
    name: 'safety-overview',
    title: 'Adverse events, overview',
    table: deriveOverviewTable(view),
    note: [
      COUNTING,
      INTERVALS,
      RELATED,
      describeNoneSerious(view),
      describeExposure(view),
      describeLeftOut(view),
    ],
  })
  const serious = describeTable(view, {
    name: 'safety-serious',
    title: 'Serious adverse events',
    table: deriveSeriousTable(view),
    explain: { about: 'events', class: 'serious' },
    note: [
      'Treatment-emergent or not. ~ the onset follows from a partial date. Grade, criteria and judgements as recorded, since they carry no date; an event that ended after the data cut is ongoing.',
    ],
  })
  if (!hasEvents) return [overview, serious].filter(({ table }) => table.rows.length > 0)
  const tables = [
    overview,
    describeTable(view, {
      name: 'safety-terms',
      title: 'Adverse events by term',
      table: deriveTermTable(view),
      note: [COUNTING, INTERVALS, ...terms],
    }),
    describeTable(view, {
      name: 'safety-grades',
      title: 'Adverse events by term, worst grade and relation',
      table: deriveGradeTable(view),
      note: [
        COUNTING,
        'Grades of CTCAE; – is not graded.',
        RELATED,
        'Not judged: neither relation yet.',
        ...terms,
      ],
    }),
    describeTable(view, {
      name: 'safety-relations',
      title: 'Adverse events by relation and grade',
      table: deriveRelationTable(view),
      note: [COUNTING, 'Here a participant counts once for each relation, at the closest; – is not graded.'],
    }),
    serious,
  ].filter(({ table }) => table.rows.length > 0)
  return [...tables, intervalFigure(view), stepFigure(view)]
}

/** Results stand by arm for a reader to whom the arm of a participant is masked. */
function isCoarse({ summary: { safety } }: SafetyView): boolean {
  return safety.arms.some(({ firstEvent }) => firstEvent.resolution === 'coarse')
}

function intervalFigure(view: SafetyView): ReportFigure {
  if (view.summary.safety.arms.some(({ sinceLastDose }) => sinceLastDose === null)) {
    return describeTable(view, {
      name: 'safety-since-dose',
      title: 'Adverse events by days since the last dose',
      table: deriveIntervalTable(view),
      note: [
        'Not told by masked arm: the time observed after doses gives their number, which would tell which arm is which.',
      ],
    })
  }
  return {
    name: 'safety-since-dose',
    section: 'safety',
    title: 'Adverse events by days since the last dose',
    n: nameSafetyCount(view),
    panels: listIntervalPanels(view),
    key: listGradeKey(view),
    note: [
      'Bars: treatment-emergent events by grade; above them their number. People: participants with an event; years: participant-years observed in the interval, which are not equally long. Day 0 is the day of the dose, and each new dose begins anew.',
      'Of a partial date the earliest possible day, but not before the first procedure if that lies within it.',
    ],
    caption: composeCaption([
      'Treatment-emergent adverse events by days since the participant’s last dose and by CTCAE grade.',
      describeOwnSet(view),
      'Below the axis: participants with an event and participant-years observed. Nothing was imputed.',
    ]),
    table: deriveIntervalTable(view),
    explain: ABOUT_EVENTS,
  }
}

function stepFigure(view: SafetyView): ReportFigure {
  const notDated = view.summary.safety.arms.reduce((sum, arm) => sum + arm.firstEvent.notDated, 0)
  return {
    name: 'safety-first-event',
    section: 'safety',
    title: 'Participants with an adverse event since the first procedure',
    n: nameSafetyCount(view),
    panels: listStepPanels(view),
    key: listArmKey(view),
    note: [
      'Cumulative percentage of the set with a treatment-emergent event: a count, not a Kaplan–Meier estimate, since not everybody is observed equally long. Observed: participants observed to the day or longer.',
      isCoarse(view)
        ? 'Steps at the days told alone, so that none is the day of one participant’s event.'
        : '',
      notDated > 0 ? `${notDated} with events of unknown onset only are on no step.` : '',
    ].filter(Boolean),
    caption: composeCaption([
      'Cumulative percentage of participants with at least one treatment-emergent adverse event by days since the first study procedure.',
      describeOwnSet(view),
      'Numbers below the axis are participants still observed.',
    ]),
    table: deriveStepTable(view),
    explain: ABOUT_EVENTS,
  }
}

function describeTable(
  view: SafetyView,
  text: {
    readonly name: string
    readonly title: string
    readonly table: ReportTable
    readonly note: readonly string[]
    readonly explain?: ReportFigure['explain']
  },
): ReportFigure {
  const note = text.note.filter(Boolean)
  return {
    ...text,
    section: 'safety',
    n: nameSafetyCount(view),
    panels: [],
    key: [],
    note,
    caption: composeCaption([`${text.title}.`, describeOwnSet(view), ...note]),
    explain: text.explain ?? ABOUT_EVENTS,
  }
}

/** The set of safety, where it is not the one of every other number, which is said anyway. */
function describeOwnSet(view: SafetyView): string {
  const own = nameSafetyCount(view)
  return own === describeSet(view) ? '' : `Safety set: ${own}.`
}

/** None of n is a finding with an upper bound, which is said in words. */
function describeNoneSerious({ summary: { safety } }: SafetyView): string {
  return safety.arms
    .flatMap(({ label, classes }) => {
      const serious = classes.find(each => each.class === 'serious')
      if (!serious?.clopperPearson || serious.participants > 0) return []
      const upper = formatDecimal(100 * serious.clopperPearson[1], 1)
      return [
        `${safety.arms.length > 1 ? `${label}: no` : 'No'} serious event: 0/${serious.n}, upper bound ${upper}%.`,
      ]
    })
    .join(' ')
}

function describeExposure({ summary: { safety } }: SafetyView): string {
  const years = safety.arms.map(({ label, exposure }) => {
    const all = `${formatDecimal(exposure.participantYears, 2)} participant-years`
    return safety.arms.length > 1 ? `${label} ${all}` : all
  })
  const unknown = safety.arms.reduce((sum, { exposure }) => sum + exposure.unknown, 0)
  const after = safety.arms.reduce((sum, { exposure }) => sum + exposure.eventsAfter, 0)
  return [
    `Exposure: ${years.join(', ')}, from the first procedure to the earliest of end of follow-up, last scheduled visit and data cut, both days included.`,
    unknown > 0 ? `${unknown} of unknown exposure are in no rate.` : '',
    after > 0 ? `${after} events after a participant’s last day are counted.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function describeLeftOut({ summary: { safety } }: SafetyView): string {
  const before = safety.arms.reduce((sum, { notEmergent }) => sum + notEmergent.events, 0)
  const unknown = safety.arms.reduce((sum, { eventsOfUnknownOnset }) => sum + eventsOfUnknownOnset, 0)
  const of = (why: string) => safety.outside.find(each => each.why === why)
  const outside = [
    [of('notTreated'), 'without a dose'],
    [of('notInSet'), 'treated, but outside the set shown'],
  ] as const
  return [
    `Before the first procedure: ${before} events, not counted.`,
    unknown > 0 ? `Of unknown onset: ${unknown}, counted.` : '',
    ...outside.map(([counts, who]) =>
      counts && counts.events > 0
        ? `Participants ${who}: ${counts.events} events (${counts.seriousEvents} serious) of ${counts.participants}, not counted.`
        : '',
    ),
  ]
    .filter(Boolean)
    .join(' ')
}
