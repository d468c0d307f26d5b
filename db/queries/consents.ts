import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses } from '@/db/schema/visits'
import { readConsents } from '@/lib/domain/logs/consents'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'
import { firstConsent } from './schedule'
import { listSiteApprovals } from './site-approvals'

/** Enrolled participants in follow-up, by number, with every consent recorded and what their sites approved. */
export function listConsents(
  db: Db | Tx,
  args: { readonly studyId: StudyId; readonly sites: 'all' | readonly SiteId[] },
) {
  const here = and(
    eq(participants.studyId, args.studyId),
    args.sites === 'all' ? undefined : inArray(participants.siteId, [...args.sites]),
    eq(participants.outcome, 'enrolled'),
    isNull(participants.voidedAt),
    isNull(participantStatuses.followUpEnd),
  )
  const people = db
    .select({
      id: participants.id,
      number: participants.number,
      siteId: participants.siteId,
      site: sites.code,
      timeZone: sites.timeZone,
      consentVersion: participants.consentVersion,
      consentDate: participants.consentDate,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(here)
    .orderBy(asc(participants.number))
    .all()
  const later = groupRows(listLaterConsents(db, args.studyId), row => row.participantId)
  const approvals = groupRows(listSiteApprovals(db, args.studyId), row => row.siteId)
  return people.map(({ consentVersion, consentDate, ...person }) => {
    const first = firstConsent({ consentVersion, consentDate })
    const own = readConsents((later.get(person.id) ?? []).map(row => row.answers))
    return {
      ...person,
      consents: [...(first ? [first] : []), ...own],
      approvals: approvals.get(person.siteId) ?? [],
    }
  })
}

function listLaterConsents(db: Db | Tx, studyId: StudyId) {
  return db
    .select({ participantId: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(
      and(eq(logEntries.log, 'consents'), eq(participants.studyId, studyId), isNull(logEntries.voidedAt)),
    )
    .orderBy(asc(logEntries.id))
    .all()
}
