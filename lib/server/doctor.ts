import type { Connection } from '@/db/client'
import { listStudies } from '@/db/queries/studies'
import { compareReplay } from '@/db/replay'
import { checkForeignKeys, checkIntegrity, checkSchema, countCutEntries } from '@/db/soundness'
import { formatCanonicalJson } from '@/lib/domain/audit/canonical-json'
import { verifyChains } from './audit'
import { checkSchedules, checkScores } from './derived-rows'
import { loadProtocol } from './studies'

/** One thing that was looked at and what was wrong with it; nothing when it is sound. */
export interface Finding {
  readonly check: 'integrity' | 'foreignKeys' | 'schema' | 'audit' | 'replay' | 'schedules' | 'scores'
  readonly findings: readonly string[]
}

/** Looks through a whole database of this version, as it stands at one moment while saves go on; reads only. */
export function examineDatabase(connection: Connection): Finding[] {
  return connection.db.transaction(() => examine(connection), { behavior: 'deferred' })
}

function examine(connection: Connection): Finding[] {
  const { db } = connection
  const integrity = checkIntegrity(connection, 'full')
  // A damaged file cannot be read far enough for the rest to mean anything.
  if (integrity.length > 0) return [{ check: 'integrity', findings: integrity }]
  const studies = listStudies(db).map(study => {
    const { protocol, number } = loadProtocol(db, study)
    return { study, protocol, protocolVersion: number }
  })
  return [
    { check: 'integrity', findings: integrity },
    { check: 'foreignKeys', findings: checkForeignKeys(connection) },
    { check: 'schema', findings: checkSchema(connection) },
    { check: 'audit', findings: checkAudit(connection) },
    { check: 'replay', findings: checkReplay(connection) },
    { check: 'schedules', findings: studies.flatMap(one => checkSchedules(db, one.study, one)) },
    { check: 'scores', findings: studies.flatMap(one => checkScores(db, one.study, one.protocol.settings)) },
  ]
}

function checkAudit(connection: Connection): string[] {
  const cut = countCutEntries(connection)
  const chains = verifyChains(connection.db, null, null).chains.flatMap(({ chain, entries, faults }) => [
    ...(entries === 0 ? [`${chain}: no entries`] : []),
    ...faults.map(({ seq, fault }) => `${chain} ${seq}: ${FAULTS[fault]}`),
  ])
  return cut > 0 ? [...chains, `${cut} entries were removed at the end`] : chains
}

const FAULTS = {
  gap: 'an entry is missing before this one',
  brokenLink: 'does not continue the entry before',
  changedEntry: 'the entry was changed',
} as const

function checkReplay(connection: Connection): string[] {
  return compareReplay(connection.db).map(({ table, id, field, replayed, stored }) => {
    const show = (value: typeof replayed) => formatCanonicalJson(value)
    return `${table} ${id} ${field}: the audit says ${show(replayed)}, the table ${show(stored)}`
  })
}
