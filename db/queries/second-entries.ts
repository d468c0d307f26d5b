import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, secondEntries, visits } from '@/db/schema/visits'
import type { AssessmentId, SiteId, StudyId, UserId, VisitId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

export type SecondEntryRow = typeof secondEntries.$inferSelect

/** The second entries of one visit. */
export function listSecondEntries(db: Db | Tx, visitId: VisitId): SecondEntryRow[] {
  return db
    .select()
    .from(secondEntries)
    .where(and(eq(secondEntries.visitId, visitId), isNull(secondEntries.voidedAt)))
    .orderBy(asc(secondEntries.id))
    .all()
}

/** Who ever wrote an answer of these first entries: they know what stands there. `by`: only that person. */
export function listEntryAuthors(
  db: Db | Tx,
  ids: readonly AssessmentId[],
  by?: UserId,
): ReadonlyMap<number, ReadonlySet<UserId>> {
  const authors = new Map<number, Set<UserId>>()
  if (ids.length === 0) return authors
  const rows = db
    .select({
      id: auditEntries.entityId,
      actorId: auditEntries.actorId,
      changes: auditEntries.changes,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.entity, 'assessments'),
        // One text, not one parameter for each: a study may have more forms waiting than a statement takes.
        sql`${auditEntries.entityId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
        by === undefined ? undefined : eq(auditEntries.actorId, by),
      ),
    )
    .all()
  for (const { id, actorId, changes } of rows) {
    // The audit names each answer, e.g. `answers.ODI_01`.
    const isEntry = Object.keys(JSON.parse(changes)).some(field =>
      /^(answers|notDoneReason)(\.|$)/.test(field),
    )
    if (id === null || actorId === null || !isEntry) continue
    const known = authors.get(id) ?? new Set<UserId>()
    authors.set(id, known.add(actorId as UserId))
  }
  return authors
}

/**
 * First entries of these forms whose second entry is lacking or not known to be settled, with it; without those of who
 * asked for no further use.
 */
export function listOpenDoubleEntries(
  db: Db | Tx,
  args: {
    readonly studyId: StudyId
    readonly sites: 'all' | readonly SiteId[]
    readonly forms: readonly string[]
  },
) {
  if (args.forms.length === 0) return []
  const mine = args.sites === 'all' ? undefined : inArray(participants.siteId, [...args.sites])
  return db
    .select({
      number: participants.number,
      site: sites.code,
      siteId: participants.siteId,
      visit: visits.code,
      first: assessments,
      second: secondEntries,
    })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(
      secondEntries,
      and(
        eq(secondEntries.visitId, assessments.visitId),
        eq(secondEntries.form, assessments.form),
        eq(secondEntries.location, assessments.location),
        eq(secondEntries.laterality, assessments.laterality),
        eq(secondEntries.repeat, assessments.repeat),
        isNull(secondEntries.voidedAt),
      ),
    )
    .where(
      and(
        eq(participants.studyId, args.studyId),
        mine,
        inArray(assessments.form, [...args.forms]),
        isNull(assessments.voidedAt),
        isNull(visits.voidedAt),
        isNull(participants.voidedAt),
        isUsed(),
        or(
          isNull(secondEntries.id),
          isNull(secondEntries.settledVersion),
          ne(secondEntries.settledVersion, assessments.rowVersion),
        ),
      ),
    )
    .orderBy(asc(participants.number), asc(visits.id), asc(assessments.id))
    .all()
}
