import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { deriveCurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import { deriveMissingReason } from '@/lib/domain/outcomes/expected'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import { type CountedPart, countParts } from '@/lib/domain/population/counted-part'
import type { ScreenedPerson } from '@/lib/domain/population/screened-people'
import type { EndReason } from '@/lib/domain/protocol/follow-up'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/**
 * From assessment to analysis, in persons. Each box is the sum of its parts:
 * assessed = excluded + inScreening + enrolled; excluded = Σ excludedFor; several arms: enrolled = randomised +
 * notRandomised, randomised = Σ allocated + outsideView.
 */
export interface Flow {
  readonly assessed: number
  /** Of them screened more than once. */
  readonly rescreened: number
  readonly excluded: number
  /** Codes `criteria`, `declined`, `other`. */
  readonly excludedFor: readonly CountedPart[]
  /** By criterion, in protocol order; a person may fail several, so that these do not add up. */
  readonly criteria: readonly CountedPart[]
  readonly inScreening: number
  readonly enrolled: number
  /** Null in a study of one arm. */
  readonly randomised: number | null
  readonly notRandomised: number | null
  /** Qualify for the analysis set and are left out by the chosen subgroup. */
  readonly outsideView: number
  /** Records left out because no further use of data was asked for; in no box. */
  readonly noFurtherUse: number
  readonly arms: readonly FlowArm[]
}

/** allocated = received + Σ notReceived; inSet = Σ left + inFollowUp; inSet = analysed + notYetDue + Σ missing. */
export interface FlowArm {
  readonly arm: string
  readonly label: string
  /** In a study of one arm everybody enrolled. */
  readonly allocated: number
  /** Had a first dose; null: the protocol has no treatments, or arms are masked, since doses would tell which is which. */
  readonly received: number | null
  /** Codes `awaiting`, `withdrawn`, `lost`, `died`, `notInSource`; empty where `received` is null. */
  readonly notReceived: readonly CountedPart[]
  /** Had this many doses or more, from the second on. */
  readonly laterDoses: readonly { readonly dose: number; readonly k: number }[]
  readonly inSet: number
  /** Codes `withdrawn`, `lost`, `died`, each with the causes recorded; `masked` where one would tell an arm. */
  readonly left: readonly (CountedPart & { readonly causes: readonly CountedPart[] })[]
  readonly inFollowUp: number
  /** Null: the protocol asks for no score after baseline. */
  readonly analysis: FlowAnalysis | null
}

export interface FlowAnalysis {
  readonly parameter: string
  readonly visit: string
  readonly analysed: number
  readonly notYetDue: number
  /** By reason. */
  readonly missing: readonly CountedPart[]
}

const END_REASONS: readonly EndReason[] = ['withdrawn', 'lost', 'died']

/**
 * The flow of participants, from the data alone. Persons screened again count once; a person is in the analysis set as the
 * cohort has it, and analysed with a value of the main parameter at the last reported visit.
 * Source: clinical.md §3 (screening, leaving, sets); CONSORT 2010 for the boxes. Checked in flow.test.ts: sums close.
 * Example: 11 assessed, one failed a criterion, one declined, nine treated → excluded 2, enrolled 9, received 9.
 */
export function computeFlow(
  cohort: PreparedCohort,
  protocol: Protocol,
  people: readonly ScreenedPerson[],
  noFurtherUse: number,
): Flow {
  const enrolled = people.filter(person => person.isEnrolled)
  const excluded = people.filter(person => !person.isEnrolled && !person.isInScreening)
  const isRandomised = protocol.arms.length > 1
  const randomised = enrolled.filter(person => person.isAllocated).length
  const treated = enrolled.filter(person => person.doses > 0).length
  const qualify = isRandomised ? randomised : protocol.treatments.length > 0 ? treated : enrolled.length
  const inSet = cohort.arms.reduce((sum, arm) => sum + arm.members.length, 0)
  const personOf = new Map(enrolled.map(person => [person.record.participant, person]))
  const endpoint = findEndpoint(cohort, protocol)
  return {
    assessed: people.length,
    rescreened: people.filter(person => person.screenings > 1).length,
    excluded: excluded.length,
    excludedFor: countParts(excluded.map(whyExcluded), ['criteria', 'declined', 'other']),
    criteria: countParts(
      excluded.flatMap(person => (whyExcluded(person) === 'criteria' ? person.record.failedCriteria : [])),
      [...protocol.eligibility.inclusion, ...protocol.eligibility.exclusion].map(({ code }) => code),
    ).filter(({ k }) => k > 0),
    inScreening: people.filter(person => person.isInScreening).length,
    enrolled: enrolled.length,
    randomised: isRandomised ? randomised : null,
    notRandomised: isRandomised ? enrolled.length - randomised : null,
    outsideView: qualify - inSet,
    noFurtherUse,
    arms: cohort.arms.map(arm => {
      const members = arm.members.flatMap(position => cohort.set.members[position] ?? [])
      const own = members.flatMap(member => personOf.get(member.participant) ?? [])
      return computeArm(cohort, protocol, arm, isRandomised ? own : enrolled, own, endpoint)
    }),
  }
}

/** Why a person was not enrolled. Example: a screen failure without a criterion → `'other'`. */
export function whyExcluded({ record }: ScreenedPerson): string {
  if (record.outcome === 'declined') return 'declined'
  return record.failedCriteria.length > 0 ? 'criteria' : 'other'
}

function computeArm(
  cohort: PreparedCohort,
  protocol: Protocol,
  arm: ReportedArm,
  allocated: readonly ScreenedPerson[],
  inSet: readonly ScreenedPerson[],
  endpoint: Endpoint | null,
): FlowArm {
  const hasTreatments = protocol.treatments.length > 0 && !cohort.armsMasked
  const isCoarse = deriveCurveResolution(cohort) === 'coarse'
  const untreated = allocated.filter(person => person.doses === 0)
  const left = inSet.filter(person => person.left !== null)
  return {
    arm: arm.code,
    label: arm.label,
    allocated: allocated.length,
    received: hasTreatments ? allocated.length - untreated.length : null,
    notReceived: hasTreatments
      ? countParts(untreated.map(whyNotReceived), ['awaiting', ...END_REASONS, 'notInSource'])
      : [],
    laterDoses: hasTreatments
      ? Array.from({ length: Math.max(0, protocol.treatments.length - 1) }, (_, index) => ({
          dose: index + 2,
          k: allocated.filter(person => person.doses >= index + 2).length,
        })).filter(({ dose, k }) => k > 0 || dose === 2)
      : [],
    inSet: arm.members.length,
    left: END_REASONS.map(reason => {
      const who = left.filter(person => person.left === reason)
      return {
        code: reason,
        k: who.length,
        causes: countParts(who.map(person => (isCoarse ? 'masked' : (person.cause ?? 'notRecorded')))),
      }
    }),
    inFollowUp: arm.members.length - left.length,
    analysis: endpoint && computeAnalysis(cohort, arm, endpoint),
  }
}

/** Why a person has no dose: what ended follow-up, else that it is awaited or was not in the source. Example: `'awaiting'`. */
export function whyNotReceived(person: ScreenedPerson): string {
  return person.left ?? (person.record.imported ? 'notInSource' : 'awaiting')
}

interface Endpoint {
  readonly grid: ParameterGrid
  readonly visit: string
}

/** The first of the main parameters that is reported after baseline, at its last reported visit. */
function findEndpoint(cohort: PreparedCohort, protocol: Protocol): Endpoint | null {
  for (const { code } of rankMainParameters(protocol)) {
    const grid = cohort.grids.find(each => each.parameter.code === code)
    const visit = grid && deriveReportVisits(protocol, grid.visits).at(-1)
    if (grid && visit !== undefined) return { grid, visit }
  }
  return null
}

function computeAnalysis(cohort: PreparedCohort, arm: ReportedArm, { grid, visit }: Endpoint): FlowAnalysis {
  const column = grid.columns.find(each => each.visit === visit)
  const reasons: string[] = []
  let analysed = 0
  let notYetDue = 0
  for (const position of arm.members) {
    const member = cohort.set.members[position]
    const score = column?.scores[position]
    if ((score?.value ?? null) !== null) analysed += 1
    else if (column?.due[position] !== 'due' || member === undefined) notYetDue += 1
    else reasons.push(deriveMissingReason(member, score, column.missedReasons[position]))
  }
  return { parameter: grid.parameter.code, visit, analysed, notYetDue, missing: countParts(reasons) }
}
