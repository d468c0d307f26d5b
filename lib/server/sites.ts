import { insertSite } from '@/db/commands/sites'
import { findSiteByCode, findStudyByCode, listSites, listStudies } from '@/db/queries/studies'
import type { AppError } from '@/lib/domain/shared/errors'
import type { SiteId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { AddSite } from '@/lib/schemas/sites'
import type { Ctx } from './context'
import { authorise } from './policy'
import { inTransaction } from './transaction'

/** Adds a site to a study. */
export function addSite(ctx: Ctx, input: AddSite): Result<{ siteId: SiteId }, AppError> {
  const study = findStudyByCode(ctx.db, input.study)
  if (!study) return err({ code: 'notFound', what: `Study ${input.study}` })
  const may = authorise(ctx, 'manageSites', { studyId: study.id })
  if (!may.ok) return may
  return inTransaction(ctx, tx => {
    if (findSiteByCode(tx, study.id, input.code)) {
      return err({ code: 'alreadyExists', what: 'Site', value: input.code })
    }
    const site = {
      studyId: study.id,
      code: input.code,
      name: input.name,
      timeZone: input.timeZone ?? study.timeZone,
    }
    return ok({ siteId: insertSite(tx, may.value.write, site) })
  })
}

/** A study with its sites, for the screens of those who manage them. */
export interface StudyPlaces {
  readonly code: string
  readonly title: string
  readonly timeZone: string
  readonly sites: readonly { readonly code: string; readonly name: string; readonly timeZone: string }[]
}

/** Every study of the installation with its sites. */
export function listPlaces(ctx: Ctx): Result<StudyPlaces[], AppError> {
  const may = authorise(ctx, 'manageSites', { studyId: null })
  if (!may.ok) return may
  return ok(
    listStudies(ctx.db).map(({ id, code, title, timeZone }) => ({
      code,
      title,
      timeZone,
      sites: listSites(ctx.db, id).map(site => ({
        code: site.code,
        name: site.name,
        timeZone: site.timeZone,
      })),
    })),
  )
}
