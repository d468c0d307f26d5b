import {
  addSiteApproval,
  changeSiteApproval,
  voidSiteApproval as voidStored,
} from '@/db/commands/site-approvals'
import { findSiteApproval, listSiteApprovals } from '@/db/queries/site-approvals'
import { findSiteByCode, listSites, type SiteRow } from '@/db/queries/studies'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { SetSiteApprovalInput, SiteApprovals, VoidSiteApprovalInput } from '@/lib/schemas/site-approvals'
import type { Ctx } from './context'
import { rewriteSchedules } from './derived-rows'
import { authorise } from './policy'
import { type OpenStudy, openStudy } from './studies'
import { inStudyTransaction } from './transaction'

/** The approvals of every site, and whether this person may change them. */
export function readSiteApprovals(
  ctx: Ctx,
  input: { readonly study: string },
): Result<{ readonly sites: readonly SiteApprovals[]; readonly mayChange: boolean }, AppError> {
  const opened = openStudy(ctx, input.study, 'readStudy')
  if (!opened.ok) return opened
  const { study, protocol } = opened.value
  const stored = listSiteApprovals(ctx.db, study.id)
  const sites = listSites(ctx.db, study.id).map(({ id, code, name }) => ({
    site: code,
    siteName: name,
    versions: protocol.versions.map(({ number }) => {
      const row = stored.find(approval => approval.siteId === id && approval.version === number)
      return { number, approval: row ? { approvedOn: row.approvedOn, version: row.rowVersion } : null }
    }),
  }))
  const mayChange = study.lockedAt === null && authorise(ctx, 'configureStudy', { studyId: study.id }).ok
  return ok({ sites, mayChange })
}

/**
 * Records or corrects when a protocol version was approved at a site. The visits of every participant of the site are
 * placed again in the same transaction; what was entered stays.
 */
export function setSiteApproval(ctx: Ctx, input: SetSiteApprovalInput): Result<{ site: string }, AppError> {
  const found = openSite(ctx, input)
  if (!found.ok) return found
  const { site, write } = found.value
  const today = calendarDateIn(site.timeZone, ctx.now)
  if (input.approvedOn > today) {
    const text = `${formatDay(input.approvedOn)} is after today at the site (${formatDay(today)}). Record an approval once it was given.`
    return err({ code: 'invalidInput', fields: [{ field: 'approvedOn', value: input.approvedOn, text }] })
  }
  const open = askAboutReason(input.reason).filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  const { protocolVersion: version, approvedOn } = input
  return inStudyTransaction(ctx, found.value, tx => {
    const stored = findSiteApproval(tx, site.id, version)
    if (!stored && input.version !== null) return err({ code: 'notFound', what: 'The approval' })
    if (stored) {
      const seen = { id: stored.id, version: input.version ?? 0 }
      changeSiteApproval(tx, write, seen, approvedOn, input.reason)
    } else addSiteApproval(tx, write, { siteId: site.id, version, approvedOn })
    rewriteSchedules(tx, found.value.study, found.value, site.id)
    return ok({ site: site.code })
  })
}

/** Takes back an approval that was entered in error, with a reason; schedules follow as they do when one is set. */
export function voidSiteApproval(ctx: Ctx, input: VoidSiteApprovalInput): Result<{ site: string }, AppError> {
  const found = openSite(ctx, input)
  if (!found.ok) return found
  const { site, write } = found.value
  const { reason } = input
  if (reason === null) return err({ code: 'reasonRequired', fields: ['approvedOn'] })
  const open = askAboutReason(reason).filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  return inStudyTransaction(ctx, found.value, tx => {
    const stored = findSiteApproval(tx, site.id, input.protocolVersion)
    if (!stored) return err({ code: 'notFound', what: 'The approval' })
    voidStored(tx, write, { id: stored.id, version: input.version }, reason)
    rewriteSchedules(tx, found.value.study, found.value, site.id)
    return ok({ site: site.code })
  })
}

/** A site and a protocol version of the study, for who configures it there; an absent or foreign one is not found. */
function openSite(
  ctx: Ctx,
  input: { readonly study: string; readonly site: string; readonly protocolVersion: string },
): Result<OpenStudy & { readonly site: SiteRow }, AppError> {
  const opened = openStudy(ctx, input.study, 'configureStudy')
  if (!opened.ok) return opened
  const site = findSiteByCode(ctx.db, opened.value.study.id, input.site)
  const here = site && openStudy(ctx, input.study, 'configureStudy', site.id)
  if (!site || !here?.ok) return err({ code: 'notFound', what: 'The site' })
  const isKnown = opened.value.protocol.versions.some(({ number }) => number === input.protocolVersion)
  if (!isKnown) return err({ code: 'notFound', what: 'The protocol version' })
  return ok({ ...here.value, site })
}
