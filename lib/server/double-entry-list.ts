import { listEntryAuthors, listOpenDoubleEntries } from '@/db/queries/second-entries'
import { compareEntries } from '@/lib/domain/double-entry/compare-entries'
import { deriveDoubleEntryState } from '@/lib/domain/double-entry/double-entry-state'
import { isForSecondPerson } from '@/lib/domain/double-entry/second-person'
import { deriveFormStanding, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { SiteId } from '@/lib/domain/shared/ids'
import { formatShortFormName } from '@/lib/format/answers'
import type { DoubleEntryItem } from '@/lib/schemas/double-entry'
import type { Ctx } from './context'
import { findSettledVersion } from './double-entry-forms'
import { authorise, mayEver, type Permission } from './policy'
import type { OpenStudy } from './studies'

/**
 * Forms whose entries differ, then those that await a second entry by this person, by participant and visit. Who entered
 * a form is not asked to enter it again, nor is anybody asked for what their role at that site does not allow.
 */
export function listDoubleEntryItems(
  ctx: Ctx,
  { study, protocol, sites }: Pick<OpenStudy, 'study' | 'protocol' | 'sites'>,
): readonly DoubleEntryItem[] {
  const forms = protocol.doubleEntry?.forms ?? []
  if (forms.length === 0 || study.lockedAt !== null) return []
  const may = (permission: Permission, siteId: SiteId) =>
    authorise(ctx, permission, { studyId: study.id, siteId }).ok
  if (!mayEver(ctx, 'enterVisit', study.id) && !mayEver(ctx, 'settleDoubleEntry', study.id)) return []
  const rows = listOpenDoubleEntries(ctx.db, { studyId: study.id, sites, forms })
  const waiting = rows.filter(row => row.second === null).map(row => row.first.id)
  const me = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const own = me === null ? null : listEntryAuthors(ctx.db, waiting, me)
  const items = new Map<string, DoubleEntryItem>()
  for (const { number, site, siteId, visit, first, second } of rows) {
    const definition = findFormDefinition(protocol, first.form)
    if (!definition) continue
    const standing = deriveFormStanding(definition, first, protocol.settings)
    const state = deriveDoubleEntryState({
      isAsked: true,
      isReceived: standing === 'received' || standing === 'notDone',
      firstVersion: first.rowVersion,
      second: second && {
        settledVersion: findSettledVersion(ctx.db, first, second),
        differenceCount: compareEntries(first, second).length,
      },
    })
    const isMine = own?.has(first.id) === true
    const isSecondWanted = isForSecondPerson({ state, mayEnter: may('enterVisit', siteId), isAuthor: isMine })
    if (!isSecondWanted && !(state === 'differs' && may('settleDoubleEntry', siteId))) continue
    const wants = isSecondWanted ? 'secondEntry' : 'decision'
    const key = JSON.stringify([number, visit, wants])
    const visitName = protocol.visits.find(plan => plan.code === visit)?.name ?? visit
    const known = items.get(key) ?? { number, site, visit, visitName, wants, forms: [] }
    items.set(key, { ...known, forms: [...known.forms, formatShortFormName(definition)] })
  }
  return [...items.values()].toSorted(
    (a, b) => Number(a.wants !== 'decision') - Number(b.wants !== 'decision'),
  )
}
