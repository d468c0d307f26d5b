import { type HistoryEntry, listAllTreatments } from '@/db/queries/history'
import { listSites } from '@/db/queries/studies'
import type { RecordChange, ValueChange } from '@/lib/domain/knowledge/known-changes'
import { classifyValue, topicOf } from '@/lib/domain/knowledge/known-counts'
import { findLog } from '@/lib/domain/logs/registry'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import { mayReasonTellArm, mayTellArm } from '@/lib/domain/protocol/masking'
import type { AssessmentId } from '@/lib/domain/shared/ids'
import { formatDate } from '@/lib/format/dates'
import { compareFields, formatFieldName, formatStoredValue, isTold } from '@/lib/format/history'
import type { SinceLine } from '@/lib/schemas/since-view'
import type { Ctx } from './context'
import { listHiddenForms } from './double-entry-forms'
import { describeMove } from './history-moves'
import { nameRecord, summarise, type ToldChange } from './history-summary'
import { type OpenParticipant, openParticipant } from './participants'
import type { OpenStudy } from './studies'

interface Teller {
  /** Whether the reader may know what this participant scored at a visit. */
  maySee(subject: string, visit: string): boolean
  mayTell(change: RecordChange): boolean
  tell(change: RecordChange): SinceLine[]
}

/** What a reader may be told of changed records, each participant opened once. */
export function makeTeller(ctx: Ctx, opened: OpenStudy): Teller {
  const seen = new Map<string, Person | null>()
  const find = (subject: string) => {
    const known = seen.get(subject)
    if (known !== undefined) return known
    const person = openPerson(ctx, opened, subject)
    seen.set(subject, person)
    return person
  }
  const sites = new Set(listSites(ctx.db, opened.study.id, opened.sites).map(({ code }) => code))
  return {
    maySee: (subject, visit) => find(subject)?.hiddenVisits.has(visit) === false,
    mayTell: ({ last }) => last.subject === null || find(last.subject) !== null,
    tell: change => {
      const { subject } = change.last
      if (subject === null) return [tellOfStudy(change)]
      const person = find(subject)
      return person ? tellOf(person, sites, change) : []
    },
  }
}

interface Person extends OpenParticipant {
  /** First entries that the reader may still enter a second time. */
  readonly hidden: ReadonlySet<AssessmentId>
  readonly hiddenVisits: ReadonlySet<string>
  readonly treatments: ReturnType<typeof listAllTreatments>
}

/** Null: not to be seen by this reader, also who asked for no further use. */
function openPerson(ctx: Ctx, { study }: OpenStudy, subject: string): Person | null {
  const found = openParticipant(ctx, study.code, subject, 'readParticipants', { alsoVoided: true })
  if (!found.ok) return null
  const forms = listHiddenForms(ctx, found.value)
  return {
    ...found.value,
    hidden: new Set(forms.map(({ id }) => id)),
    hiddenVisits: new Set(forms.map(({ visit }) => visit)),
    treatments: listAllTreatments(ctx.db, found.value.participant.id),
  }
}

const OF_STUDY: Readonly<Record<string, string>> = {
  studies: 'The study was changed, locked or unlocked',
  protocol_versions: 'A protocol version was published',
  sites: 'A site was added or changed',
  site_approvals: 'The approval of a protocol version at a site was recorded or changed',
  result_releases: 'Results by arm were released, or a release was withdrawn',
}

function tellOfStudy(change: RecordChange): SinceLine {
  return {
    ...commonOf(change),
    subject: null,
    summary: OF_STUDY[change.entity] ?? 'The study was changed',
    values: [],
    reason: change.last.reason,
  }
}

function commonOf(change: RecordChange) {
  const { kind, entity, entityId, last } = change
  return {
    key: `${entity} ${entityId}`,
    topic: topicOf(change),
    kind: kind === 'changed' ? ('corrected' as const) : kind,
    at: last.at,
    actor: last.actor,
    ...{ visit: null, log: null, form: null, field: null },
  }
}

function tellOf(person: Person, sites: ReadonlySet<string>, change: RecordChange): SinceLine[] {
  const { protocol, view, hidden, participant } = person
  const { entity, entityId, last, kind } = change
  const isHidden = entity === 'assessments' && hidden.has(entityId as AssessmentId)
  const inOrder = compareFields(protocol, last)
  const shown = change.values
    .filter(
      ({ field }) => !mayTellArm(view, entity, field) && !isHidden && !field.startsWith('confirmations.'),
    )
    .filter(({ field, old, now }) => isTold(field, old, now))
    .toSorted((a, b) => inOrder(a.field, b.field))
  const told = (value: ValueChange): ToldChange => ({
    field: value.field,
    label: formatFieldName(protocol, last, value.field),
    old: formatStoredValue(protocol, last, value.field, value.old),
    now: formatStoredValue(protocol, last, value.field, value.now),
  })
  const dose = nameDoseOf(person, change)
  const entry = asOneEntry(change)
  const line = {
    ...commonOf(change),
    subject: participant.number,
    visit: kind === 'takenOut' ? null : last.visit,
    log: entity === 'log_entries' ? (findLog(last.form ?? '')?.path ?? null) : null,
    form: entity === 'visits' ? null : last.form,
    reason: mayReasonTellArm(view, entity) ? null : last.reason,
  }
  if (isHidden) {
    const summary = `Entered or changed ${nameRecord(protocol, last, dose)}: hidden until you have entered it again`
    return [{ ...line, summary, values: [] }]
  }
  if (kind === 'moved') {
    const summary = describeMove(entry, participant.number, sites, place => nameRecord(protocol, place, dose))
    return [{ ...line, summary, values: shown.map(told) }]
  }
  const isForm = entity === 'assessments' && kind === 'new'
  const values = shown.filter(({ field }) => !isForm || isAnswered(field)).map(told)
  if (kind !== 'changed' || line.topic !== 'values')
    return [{ ...line, summary: summarise(protocol, entry, values, dose), values }]
  return shown.flatMap(value => {
    const as = classifyValue(value)
    if (as === null) return []
    const { by, field } = value
    const own = {
      key: `${line.key} ${field}`,
      kind: as,
      at: by.at,
      actor: by.actor,
      reason: by.reason,
      field,
    }
    const of = `${formatFieldName(protocol, last, field)}, ${nameRecord(protocol, last, dose)}`
    return [{ ...line, ...own, summary: of, values: [told(value)] }]
  })
}

/** Of a form that is new: what was answered, or why nothing was; its day and contact are left to its page. */
function isAnswered(field: string): boolean {
  return field.startsWith('answers.') || field === 'notDoneReason'
}

/** The writes in between as one, as the history of a record words it. */
function asOneEntry({ kind, last, values }: RecordChange): HistoryEntry {
  const act = { new: 'insert', changed: 'update', takenOut: 'void', moved: 'move' }[kind]
  return {
    ...last,
    act,
    changes: Object.fromEntries(values.map(({ field, old, now }) => [field, [old, now]])),
  }
}

function nameDoseOf({ protocol, view, treatments }: Person, { entity, entityId }: RecordChange): string {
  const dose = entity === 'treatments' ? treatments.find(({ id }) => id === entityId) : undefined
  const given = treatments.filter(({ voidedAt }) => voidedAt === null).map(({ plan }) => plan)
  return dose ? `${nameDose(protocol, view, dose.plan, given)}, given ${formatDate(dose.givenOn)}` : 'a dose'
}
