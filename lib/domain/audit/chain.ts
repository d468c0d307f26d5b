import { formatCanonicalJson, type JsonValue } from './canonical-json'

/** Lower-case hexadecimal SHA-256 of a text in UTF-8; given by the caller, since the domain has no node modules. */
export type Sha256 = (text: string) => string

const DOMAIN_TAG = 'longitude.audit.v1'

/** What an audit entry says; everything that its hash covers beside the previous hash. */
export interface AuditEntryBody {
  readonly chain: string
  readonly seq: number
  readonly at: string
  readonly act: string
  readonly actorId: number | null
  readonly actor: string
  readonly role: string
  readonly site: string | null
  readonly subject: string | null
  readonly visit: string | null
  readonly form: string | null
  readonly entity: string | null
  readonly entityId: number | null
  readonly changes: JsonValue
  readonly details: JsonValue
  readonly reason: string | null
  readonly requestId: string
}

export interface AuditEntry extends AuditEntryBody {
  readonly prevHash: string
  readonly hash: string
}

/**
 * The hash before a chain's first entry, bound to installation and chain, so that no chain can pass for another.
 * Example: `computeGenesisHash(sha256, 'c0ffee…', 'study/ADMSC')` → 64 hexadecimal digits.
 */
export function computeGenesisHash(sha256: Sha256, installation: string, chain: string): string {
  return sha256(formatCanonicalJson({ tag: DOMAIN_TAG, kind: 'genesis', installation, chain }))
}

/** SHA-256 over the canonical JSON of tag, previous hash and entry. */
export function computeEntryHash(sha256: Sha256, prevHash: string, body: AuditEntryBody): string {
  const entry: JsonValue = {
    chain: body.chain,
    seq: body.seq,
    at: body.at,
    act: body.act,
    actorId: body.actorId,
    actor: body.actor,
    role: body.role,
    site: body.site,
    subject: body.subject,
    visit: body.visit,
    form: body.form,
    entity: body.entity,
    entityId: body.entityId,
    changes: body.changes,
    details: body.details,
    reason: body.reason,
    requestId: body.requestId,
  }
  return sha256(formatCanonicalJson({ tag: DOMAIN_TAG, kind: 'entry', prevHash, entry }))
}

export type ChainFault = { readonly seq: number; readonly fault: 'gap' | 'brokenLink' | 'changedEntry' }

export interface ChainReport {
  readonly chain: string
  readonly entries: number
  readonly head: string
  readonly faults: readonly ChainFault[]
}

/**
 * Verifies one chain, its entries in order of `seq`. Finds changed, removed and inserted entries; a cut tail or
 * an old copy put back looks sound and is found only against an anchored head (`longitude audit verify --anchor`).
 * Stops after 100 faults.
 */
export function verifyChain(
  sha256: Sha256,
  installation: string,
  chain: string,
  entries: Iterable<AuditEntry>,
): ChainReport {
  const faults: ChainFault[] = []
  let prev = computeGenesisHash(sha256, installation, chain)
  let seq = 0
  for (const entry of entries) {
    seq += 1
    if (entry.seq !== seq) faults.push({ seq: entry.seq, fault: 'gap' })
    else if (entry.prevHash !== prev) faults.push({ seq, fault: 'brokenLink' })
    if (computeEntryHash(sha256, entry.prevHash, entry) !== entry.hash)
      faults.push({ seq: entry.seq, fault: 'changedEntry' })
    seq = entry.seq
    prev = entry.hash
    if (faults.length >= 100) break
  }
  return { chain, entries: seq, head: prev, faults }
}
