import { sha256 } from '@/db/audit-entry'
import type { Db } from '@/db/client'
import { insertRecord } from '@/db/write'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { SiteId, StudyId, UserId } from '@/lib/domain/shared/ids'
import { SMALL_PROTOCOL } from './small-protocol'
import { TEST_NOW, TEST_WRITER } from './test-db'

export interface SeededStudy {
  readonly id: StudyId
  readonly code: string
  readonly protocol: Protocol
  /** By code. */
  readonly sites: Readonly<Record<string, SiteId>>
}

/** A published study with its sites, as `study apply` would leave it. Default sites: MEL and SYD. */
export function seedStudy(
  db: Db,
  protocol: Protocol = SMALL_PROTOCOL,
  options: {
    readonly sites?: readonly string[]
    readonly locked?: boolean
    readonly synthetic?: boolean
  } = {},
): SeededStudy {
  const { code, title, timeZone } = protocol.study
  return db.transaction(
    tx => {
      const study = insertRecord(tx, TEST_WRITER, 'studies', {
        code,
        title,
        timeZone,
        synthetic: options.synthetic ?? false,
      })
      const content = formatCanonicalJson(JSON.parse(JSON.stringify(protocol)) as JsonValue)
      const last = protocol.versions.at(-1)
      if (!last) throw new Error('a protocol has at least one version')
      insertRecord(tx, TEST_WRITER, 'protocol_versions', {
        studyId: study.id,
        number: last.number,
        position: protocol.versions.length - 1,
        effectiveFrom: last.effectiveFrom,
        content,
        contentHash: sha256(content),
        publishedAt: TEST_NOW,
      })
      const sites = (options.sites ?? ['MEL', 'SYD']).map(site => {
        const row = insertRecord(tx, TEST_WRITER, 'sites', {
          studyId: study.id,
          code: site,
          name: `Site ${site}`,
          timeZone,
        })
        return [site, row.id] as const
      })
      return { id: study.id, code, protocol, sites: Object.fromEntries(sites) }
    },
    { behavior: 'immediate' },
  )
}

type Role = 'administrator' | 'dataManager' | 'coordinator' | 'investigator' | 'monitor' | 'statistician'

export interface SeededUser {
  readonly kind: 'user'
  readonly userId: UserId
  readonly name: string
  readonly memberships: readonly {
    readonly studyId: StudyId | null
    readonly siteId: SiteId | null
    readonly role: Role
  }[]
}

/** An account with one role: in a study at one site, at all (no site), or over the installation (no study). */
export function seedUser(
  db: Db,
  part: { readonly role: Role; readonly study?: SeededStudy; readonly site?: string; readonly name?: string },
): SeededUser {
  const studyId = part.study?.id ?? null
  const siteId = part.site === undefined ? null : (part.study?.sites[part.site] ?? null)
  if (part.site !== undefined && siteId === null) throw new Error(`the study has no site ${part.site}`)
  return db.transaction(
    tx => {
      const name = part.name ?? `A ${part.role}`
      const email =
        `${part.role}.${part.study?.code ?? 'all'}.${part.site ?? 'all'}.${name}@example.org`.toLowerCase()
      const user = insertRecord(tx, TEST_WRITER, 'users', { name, email: email.replaceAll(' ', '-') })
      const membership = { userId: user.id, studyId, siteId, role: part.role }
      insertRecord(tx, TEST_WRITER, 'memberships', membership)
      return { kind: 'user', userId: user.id, name, memberships: [{ studyId, siteId, role: part.role }] }
    },
    { behavior: 'immediate' },
  )
}

/** A context as `action()` builds it; without a submission key unless one is given. */
export function contextFor<A>(
  db: Db,
  actor: A,
  options: { readonly now?: string; readonly submissionKey?: string } = {},
) {
  return {
    db,
    actor,
    now: options.now ?? TEST_NOW,
    requestId: 'test-request',
    submissionKey: options.submissionKey ?? null,
  }
}
