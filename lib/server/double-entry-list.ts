import { listEntryAuthors, listOpenDoubleEntries } from '@/db/queries/second-entries'
import { compareEntries } from '@/lib/domain/double-entry/compare-entries'
import { deriveDoubleEntryState } from '@/lib/domain/double-entry/double-entry-state'
import { deriveFormStanding, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { formatShortFormName } from '@/lib/format/answers'
import type { DoubleEntryItem } from '@/lib/schemas/double-entry'
import type { Ctx } from './context'
import { findSettledVersion } from './double-entry'
import { mayEver } from './policy'
import type { OpenStudy } from './studies'

/**
 * Forms whose entries differ, then those that await a second entry by this person, by participant and visit. Who entered
 * a form is not asked to enter it again.
 */
export function listDoubleEntryItems(
  ctx: Ctx,
  { study, protocol, sites }: Pick<OpenStudy, 'study' | 'protocol' | 'sites'>,
): readonly DoubleEntryItem[] {
  const forms = protocol.doubleEntry?.forms ?? []
  if (forms.length === 0 || study.lockedAt !== null) return []
  const mayEnter = mayEver(ctx, 'enterVisit', study.id)
  const mayDecide = mayEver(ctx, 'settleDoubleEntry', study.id)
  if (!mayEnter && !mayDecide) return []
  const rows = listOpenDoubleEntries(ctx.db, { studyId: study.id, sites, forms })
  const waiting = rows.filter(row => row.second === null).map(row => row.first.id)
  const me = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const own = me === null ? null : listEntryAuthors(ctx.db, waiting, me)
  const items = new Map<string, DoubleEntryItem>()
  for (const { number, site, visit, first, second } of rows) {
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
    const isSecondWanted = state === 'pending' && mayEnter && !isMine
    if (!isSecondWanted && !(state === 'differs' && mayDecide)) continue
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
