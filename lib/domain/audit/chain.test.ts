import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type AuditEntry,
  type AuditEntryBody,
  computeEntryHash,
  computeGenesisHash,
  verifyChain,
} from './chain'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const INSTALLATION = 'c0ffee00-0000-4000-8000-000000000000'

function body(seq: number): AuditEntryBody {
  return {
    chain: 'study/X',
    seq,
    at: '2026-01-01T00:00:00.000Z',
    act: 'insert',
    actorId: 1,
    actor: 'Ann',
    role: 'coordinator',
    site: 'MEL',
    subject: `MEL-00${seq}`,
    visit: null,
    form: null,
    entity: 'participants',
    entityId: seq,
    changes: { number: [null, `MEL-00${seq}`] },
    details: {},
    reason: null,
    requestId: 'r',
  }
}

function chain(length: number): AuditEntry[] {
  let prevHash = computeGenesisHash(sha256, INSTALLATION, 'study/X')
  return Array.from({ length }, (_, index) => {
    const entry = { ...body(index + 1), prevHash, hash: computeEntryHash(sha256, prevHash, body(index + 1)) }
    prevHash = entry.hash
    return entry
  })
}

const verify = (entries: AuditEntry[], installation = INSTALLATION) =>
  verifyChain(sha256, installation, 'study/X', entries)

describe('the chain (A8)', () => {
  it('is sound as it was written, and its head is the last hash', () => {
    const entries = chain(5)
    expect(verify(entries)).toEqual({ chain: 'study/X', entries: 5, head: entries[4]?.hash, faults: [] })
  })

  it('hashes as the plain recipe does: SHA-256 of the sorted JSON of tag, kind, previous hash and entry', () => {
    const text =
      '{"chain":"study/X","installation":"c0ffee00-0000-4000-8000-000000000000","kind":"genesis","tag":"longitude.audit.v1"}'
    expect(computeGenesisHash(sha256, INSTALLATION, 'study/X')).toBe(sha256(text))
  })

  it.each(Object.keys(body(1)).filter(field => field !== 'seq'))('shows a change of %s', field => {
    const entries = chain(4).map(entry => (entry.seq === 3 ? { ...entry, [field]: 'tampered' } : entry))
    expect(verify(entries).faults).toContainEqual({ seq: 3, fault: 'changedEntry' })
  })

  it('shows an entry that was changed and hashed again', () => {
    const entries = chain(4).map(entry => {
      if (entry.seq !== 2) return entry
      const forged = { ...entry, actor: 'Eve' }
      return { ...forged, hash: computeEntryHash(sha256, forged.prevHash, forged) }
    })
    expect(verify(entries).faults).toEqual([{ seq: 3, fault: 'brokenLink' }])
  })

  it('shows a removed, an inserted and an exchanged entry', () => {
    const [first, second, third, fourth] = chain(4)
    if (!first || !second || !third || !fourth) throw new Error('four entries')
    expect(verify([first, third, fourth]).faults[0]).toEqual({ seq: 3, fault: 'gap' })
    expect(verify([first, second, second, third, fourth]).faults[0]).toEqual({ seq: 2, fault: 'gap' })
    expect(verify([first, third, second, fourth]).faults.length).toBeGreaterThan(0)
  })

  it('shows the chain of another installation or of another study', () => {
    expect(verify(chain(2), 'other').faults[0]).toEqual({ seq: 1, fault: 'brokenLink' })
    expect(verifyChain(sha256, INSTALLATION, 'study/Y', chain(2)).faults[0]).toEqual({
      seq: 1,
      fault: 'brokenLink',
    })
  })

  it('does not see a cut tail: that is what anchors are for', () => {
    expect(verify(chain(5).slice(0, 3)).faults).toEqual([])
  })
})
