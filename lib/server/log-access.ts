import { formOf, type Log, type LogField } from '@/lib/domain/logs/log'
import { findLogByPath } from '@/lib/domain/logs/registry'
import type { FormPlan } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { type OpenParticipant, openParticipant } from './participants'
import { authorise, type Grant, type Permission } from './policy'

export interface LogAddress {
  readonly study: string
  readonly number: string
  /** The log's part of the address. */
  readonly log: string
}

export interface OpenLog extends OpenParticipant {
  readonly log: Log
  readonly fields: readonly LogField[]
  readonly plan: FormPlan
}

/** Finds participant and log, or not-found, and authorises, as `openParticipant`. */
export function openLog(ctx: Ctx, address: LogAddress, permission: Permission): Result<OpenLog, AppError> {
  const log = findLogByPath(address.log)
  // Only here can a request for no further use that was entered in error be taken back.
  const alsoRestricted = log?.code === 'departures'
  const opened = openParticipant(ctx, address.study, address.number, permission, { alsoRestricted })
  if (!opened.ok) return opened
  if (!log) return err({ code: 'notFound', what: 'The log' })
  const { protocol } = opened.value
  return ok({ ...opened.value, log, fields: log.fields(protocol), plan: formOf(log, protocol) })
}

/** Who fills in a field: each kind of judgement is a permission of its own. */
const PERMISSIONS = {
  entry: 'enterLog',
  investigator: 'judgeEvent',
  dataManager: 'judgeExpectedness',
} as const satisfies Record<'entry' | NonNullable<LogField['judgedBy']>, Permission>

type Part = keyof typeof PERMISSIONS

/** What of a log this person may fill in, at the participant's site. */
export interface LogRights {
  /** Codes of the fields. */
  readonly mine: ReadonlySet<string>
  /** May make a new entry. */
  readonly mayAdd: boolean
  /** The role in which a change of these fields is written: that of the judgement where nothing else changes. */
  grantFor(codes: readonly string[]): Grant
}

/** Refused where the person may fill in no field of the log. */
export function readLogRights(ctx: Ctx, opened: OpenLog): Result<LogRights, AppError> {
  const { study, participant, fields } = opened
  const scope = { studyId: study.id, siteId: participant.siteId }
  const parts = [...new Set(fields.map(partOf))]
  const grants = new Map<Part, Grant>()
  for (const part of parts) {
    const may = authorise(ctx, PERMISSIONS[part], scope)
    if (may.ok) grants.set(part, may.value)
  }
  const [first] = grants.values()
  if (!first) {
    const refused = authorise(ctx, 'enterLog', scope)
    return refused.ok ? err({ code: 'notFound', what: 'The log' }) : refused
  }
  const mine = new Set(fields.filter(field => grants.has(partOf(field))).map(field => field.code))
  const grantFor = (codes: readonly string[]) => {
    const changed = new Set(fields.filter(field => codes.includes(field.code)).map(partOf))
    const [only] = changed
    return (changed.size === 1 && only ? grants.get(only) : grants.get('entry')) ?? first
  }
  return ok({ mine, mayAdd: grants.has('entry'), grantFor })
}

function partOf(field: LogField): Part {
  return field.judgedBy ?? 'entry'
}

/** Why nothing is written, whatever was typed; undefined where entry is open. */
export function refuseLocked({ study }: Pick<OpenLog, 'study'>): AppError | undefined {
  if (study.lockedAt === null) return undefined
  return {
    code: 'locked',
    what: `Study ${study.code}`,
    since: study.lockedAt,
    reason: study.lockReason ?? '',
  }
}
