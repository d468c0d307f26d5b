import type { ExplainedGroup } from '@/lib/domain/explain/explanation'
import { compareStandings, groupStandings } from '@/lib/domain/explain/group-participants'
import { type AnalysisSetName, nameAnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { whyExcluded, whyNotReceived } from '@/lib/domain/population/flow'
import type { ScreenedPerson } from '@/lib/domain/population/screened-people'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'

/** Everybody screened whose record may be used: assessed = Σ groups, inSet = Σ arms. */
export interface PeopleExplanation {
  readonly analysisSet: AnalysisSetName
  readonly assessed: number
  /** Records that no result may use, as was asked for; in no group. */
  readonly noFurtherUse: number
  readonly groups: readonly ExplainedGroup[]
  readonly arms: readonly { readonly arm: string; readonly label: string; readonly inSet: number }[]
  /** By group, then subject. */
  readonly people: readonly ExplainedPerson[]
}

/** A person as they stood at the data cut, by the last screening. */
export interface ExplainedPerson {
  readonly subject: string
  /** Code of the arm of the result; null: not in the set. */
  readonly arm: string | null
  /**
   * In: `inSet`. Out: `criteria`, `declined`, `other` (not enrolled); `inScreening` (enrolled only after the cut);
   * `notRandomised`; `awaiting`, `withdrawn`, `lost`, `died`, `notInSource` (no dose); `outsideView` (the subgroup).
   */
  readonly standing: Pick<ExplainedGroup, 'place' | 'reason'>
  /** Codes of criteria that keep the person out. */
  readonly criteria: readonly string[]
  readonly screenings: number
  /** Null: not enrolled, later than the cut, or not known. */
  readonly enrolledOn: CalendarDate | null
  readonly dayZero: CalendarDate | null
  /** Null: given, day not known. */
  readonly doses: readonly (CalendarDate | null)[]
  readonly followUpEnd: {
    readonly date: CalendarDate | null
    readonly reason: string
    readonly cause: string | null
  } | null
}

/**
 * Who of everybody screened is in the set of a result, and why the others are not. Each person once, as in the flow of
 * participants, to whose boxes the groups add up. Who may be named is for the caller, by `cohort.namesParticipants`.
 * Missing rule: what is not dated counts as by the data cut. Expects people of the same cut.
 * Source: clinical.md §3, screening and sets. Checked by hand and against `computeFlow` in explain-people.test.ts.
 * Example: nine treated, one failed a criterion → groups `in inSet 9`, `out criteria 1`.
 */
export function explainPeople(
  cohort: PreparedCohort,
  protocol: Protocol,
  people: readonly ScreenedPerson[],
  noFurtherUse: number,
): PeopleExplanation {
  const facts = new Map(cohort.facts.participants.map(each => [each.participant, each]))
  const armOf = new Map(
    cohort.arms.flatMap(({ code, members }) =>
      members.flatMap(position => {
        const member = cohort.set.members[position]
        return member ? [[member.participant, code] as const] : []
      }),
    ),
  )
  const explained = people.flatMap((person): ExplainedPerson[] => {
    const known = facts.get(person.record.participant)
    if (!known) return []
    const arm = armOf.get(known.participant) ?? null
    const { followUpEnd } = known
    return [
      {
        subject: known.subject,
        arm,
        standing: arm === null ? { place: 'out', reason: whyOutside(person, protocol) } : IN_SET,
        criteria: person.isEnrolled ? [] : person.record.failedCriteria,
        screenings: person.screenings,
        enrolledOn: person.isEnrolled ? known.enrolledOn : null,
        dayZero: known.dayZero,
        doses: known.doses.map(({ date }) => date),
        followUpEnd: followUpEnd && { ...followUpEnd, cause: person.cause },
      },
    ]
  })
  return {
    analysisSet: cohort.set.name,
    assessed: explained.length,
    noFurtherUse,
    groups: groupStandings(explained.map(({ standing }) => standing)),
    arms: cohort.arms.map(({ code, label, members }) => ({ arm: code, label, inSet: members.length })),
    people: explained.toSorted(
      (a, b) => compareStandings(a.standing, b.standing) || compareText(a.subject, b.subject),
    ),
  }
}

const IN_SET: ExplainedPerson['standing'] = { place: 'in', reason: 'inSet' }

function whyOutside(person: ScreenedPerson, protocol: Protocol): string {
  if (person.isInScreening) return 'inScreening'
  if (!person.isEnrolled) return whyExcluded(person)
  const set = nameAnalysisSet(protocol)
  if (set === 'randomised' && !person.isAllocated) return 'notRandomised'
  if (set === 'treated' && person.doses === 0) return whyNotReceived(person)
  return 'outsideView'
}
