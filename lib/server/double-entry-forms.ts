import type { Tx } from '@/db/client'
import { readAssessmentAt } from '@/db/queries/assessment-history'
import { type AssessmentRow, listAssessments } from '@/db/queries/assessments'
import { listEntryAuthors, listSecondEntries, type SecondEntryRow } from '@/db/queries/second-entries'
import { findVisit, listVisits } from '@/db/queries/visits'
import { compareEntries } from '@/lib/domain/double-entry/compare-entries'
import { type DoubleEntryState, deriveDoubleEntryState } from '@/lib/domain/double-entry/double-entry-state'
import { isForSecondPerson } from '@/lib/domain/double-entry/second-person'
import {
  deriveFormStanding,
  type FormDefinition,
  findFormDefinition,
} from '@/lib/domain/instruments/form-definition'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'
import type { AssessmentId, UserId } from '@/lib/domain/shared/ids'
import { formatFormName } from '@/lib/format/answers'
import { describeFormPlace, formatFormKey } from '@/lib/schemas/form-key'
import type { Ctx } from './context'
import type { OpenParticipant } from './participants'
import { authorise } from './policy'

/** A form of a visit that the study wants entered twice, with both entries. */
export interface TwiceEntered {
  readonly key: string
  readonly name: string
  readonly definition: FormDefinition
  readonly first: AssessmentRow
  readonly second: SecondEntryRow | undefined
  /** Items in which the two differ now. */
  readonly differing: readonly string[]
  readonly state: DoubleEntryState
  /** Who entered the first. */
  readonly authors: ReadonlySet<UserId>
}

/** One visit of one participant. */
type TwiceEntry = Pick<OpenParticipant, 'protocol' | 'participant'> & {
  readonly plan: Pick<VisitPlan, 'code'>
}

/** The forms of a visit that are entered twice, as they stand. */
export function listTwiceEntered(db: Ctx['db'] | Tx, entry: TwiceEntry): readonly TwiceEntered[] {
  const { protocol, participant, plan } = entry
  const asked = protocol.doubleEntry?.forms ?? []
  const visit = findVisit(db, participant.id, plan.code)
  if (!visit || asked.length === 0) return []
  const firsts = listAssessments(db, visit.id).filter(row => asked.includes(row.form))
  const seconds = listSecondEntries(db, visit.id)
  const authors = listEntryAuthors(
    db,
    firsts.map(row => row.id),
  )
  return firsts.flatMap(first => {
    const definition = findFormDefinition(protocol, first.form)
    if (!definition) return []
    const second = seconds.find(row => placeOf(row) === placeOf(first))
    const differing = second ? compareEntries(first, second) : []
    const standing = deriveFormStanding(definition, first, protocol.settings)
    const state = deriveDoubleEntryState({
      isAsked: true,
      isReceived: standing === 'received' || standing === 'notDone',
      firstVersion: first.rowVersion,
      second: second
        ? { settledVersion: findSettledVersion(db, first, second), differenceCount: differing.length }
        : null,
    })
    const name = [formatFormName(definition), describeFormPlace(first)].filter(Boolean).join(', ')
    const of = { first, second, differing, state, authors: authors.get(first.id) ?? new Set<UserId>() }
    return [{ key: placeOf(first), name, definition, ...of }]
  })
}

/**
 * The version of the first entry for which a decision holds: the present one, as long as only what stands beside the
 * answers (day, contact, source) was changed since. Null: none was made.
 */
export function findSettledVersion(
  db: Ctx['db'] | Tx,
  first: AssessmentRow,
  { settledVersion }: Pick<SecondEntryRow, 'settledVersion'>,
): number | null {
  if (settledVersion === null || settledVersion === first.rowVersion) return settledVersion
  const decided = readAssessmentAt(db, first.id, settledVersion)
  return compareEntries(decided, first).length === 0 ? first.rowVersion : settledVersion
}

function placeOf(row: AssessmentRow | SecondEntryRow): string {
  return formatFormKey({ ...row, code: row.form })
}

/** Whether the person ever typed an answer of the first entry. */
export function isAuthor({ actor }: Ctx, { authors }: TwiceEntered): boolean {
  return actor.kind === 'user' && authors.has(actor.userId)
}

/** A first entry that is not shown to the person who may make the second. */
export interface HiddenForm {
  readonly id: AssessmentId
  /** Code of the visit. */
  readonly visit: string
  readonly form: string
  readonly key: string
  readonly name: string
}

/** What is hidden of a participant from this person: first entries that they may still enter a second time. */
export function listHiddenForms(
  ctx: Ctx,
  { study, participant, protocol }: Pick<OpenParticipant, 'study' | 'participant' | 'protocol'>,
): readonly HiddenForm[] {
  if ((protocol.doubleEntry?.forms ?? []).length === 0) return []
  const isOpen = study.lockedAt === null && participant.outcome === 'enrolled'
  const at = { studyId: study.id, siteId: participant.siteId }
  if (!isOpen || !authorise(ctx, 'enterVisit', at).ok) return []
  return listVisits(ctx.db, participant.id).flatMap(({ code: visit }) =>
    listTwiceEntered(ctx.db, { participant, protocol, plan: { code: visit } })
      .filter(form => isForSecondPerson({ state: form.state, mayEnter: true, isAuthor: isAuthor(ctx, form) }))
      .map(({ first, key, name }) => ({ id: first.id, visit, form: first.form, key, name })),
  )
}
