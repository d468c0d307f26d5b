import type { Protocol, ResponderCondition } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError } from '@/lib/domain/protocol/protocol-error'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/**
 * The protocol as it stood at an earlier entry of `versions`, as far as the file tells: versions up to that entry,
 * visits without those added since, responder rules without those that name such a visit, `illustrative` as it is.
 * What else an amendment changed is not in the file. Null: no entry has this number.
 * Source: interfaces.md, `study apply`; protocols/README.md, `sinceVersion`.
 * Example: the 24-month visit since 1.1 → `contentOfVersion(protocol, '1.0')` ends at 12 months.
 */
export function contentOfVersion(protocol: Protocol, number: string): Protocol | null {
  const index = protocol.versions.findIndex(version => version.number === number)
  if (index < 0) return null
  const versions = protocol.versions.slice(0, index + 1)
  const isThere = (since: string | undefined) =>
    since === undefined || versions.some(version => version.number === since)
  const visits = protocol.visits.filter(visit => isThere(visit.sinceVersion))
  const codes = visits.map(visit => visit.code)
  const responders = protocol.responders.filter(rule =>
    namedVisits(rule.condition).every(visit => codes.includes(visit)),
  )
  return { ...protocol, versions, visits, responders }
}

function namedVisits(condition: ResponderCondition): readonly string[] {
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  return [...(condition.visits ?? []), ...parts.flatMap(namedVisits)]
}

/**
 * Which contents are to be published so that a study stands as the file says, oldest first; empty when it does
 * already. On a new study every entry of `versions` is published in turn, else only the last.
 * `stored`: contents published so far, oldest first. A published version never changes.
 * Errors: an earlier entry differs from what is stored, is missing from the file or from the study; content changed
 * under an unchanged last number (each changed place named). Keys may stand in any order.
 * Source: interfaces.md, `study apply`. Example: stored 1.0, file 1.0 and 1.1 → content of 1.1.
 */
export function derivePublication(
  stored: readonly Protocol[],
  file: Protocol,
): Result<readonly Protocol[], readonly ProtocolError[]> {
  const latest = stored.at(-1)
  if (!latest) {
    return ok(file.versions.map(version => contentOfVersion(file, version.number) ?? file))
  }
  const isSameLast = file.versions.length === latest.versions.length
  const errors = compareEntries(latest, file)
  if (errors.length > 0) return err(errors)
  if (!isSameLast) return ok([file])
  const number = latest.versions.at(-1)?.number ?? ''
  const changes = listChanges(latest, file, '')
  if (changes.length === 0) return ok([])
  return err(
    changes.map(({ path: place, before, after }) => {
      // A rule's condition is written in the rule itself.
      const path = place.replace(/^(responders\[\d+\])\.condition/, '$1')
      const was = describeError(path, before, '').value
      const text = `Version ${number} is published${was ? ` with ${was} here` : ' without this'} and cannot change. Add an entry to versions.`
      return describeError(path, after, text)
    }),
  )
}

/** All entries of the file but a new last one must be those that are stored, in number and in content. */
function compareEntries(latest: Protocol, file: Protocol): ProtocolError[] {
  const isNewLast = file.versions.length > latest.versions.length
  const earlier = isNewLast ? file.versions.slice(0, -1) : file.versions
  const length = Math.max(latest.versions.length, earlier.length)
  return Array.from({ length }, (_, index) => index).flatMap(index => {
    const published = latest.versions[index]
    const entry = earlier[index]
    const path = `versions[${index}]`
    if (!published) {
      const text = 'This version was never published here. Apply a file that ends with it first.'
      return [describeError(`${path}.number`, entry?.number, text)]
    }
    if (!entry || entry.number !== published.number) {
      const text = `Version ${published.number} is published and must stand here. Put it back; add new entries after it.`
      return [describeError(`${path}.number`, file.versions[index]?.number, text)]
    }
    return listChanges(published, entry, path).map(({ path: at, before, after }) => {
      const text = `Version ${published.number} is published with ${describeError(at, before, '').value}. Put it back.`
      return describeError(at, after, text)
    })
  })
}

/** A place in which two contents differ; `undefined` where nothing stands. */
export interface ContentChange {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/**
 * Every place in which two JSON contents differ; keys without a value count as absent, their order does not matter.
 * Lists are compared place by place. Example: `listChanges({ a: [1] }, { a: [2] }, '')` → one change at `a[0]`.
 */
export function listChanges(before: unknown, after: unknown, path: string): readonly ContentChange[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const places = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index)
    return places.flatMap(index => listChanges(before[index], after[index], `${path}[${index}]`))
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap(key => listChanges(before[key], after[key], path === '' ? key : `${path}.${key}`))
  }
  return before === after ? [] : [{ path, before, after }]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
