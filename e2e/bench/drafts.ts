import { join } from 'node:path'
import { contextFor, seedUser } from '@/db/testing/factories'
import { saveDraft } from '@/lib/server/drafts'
import { type Figure, figureOf, quantile, time } from './measure'
import { openFloor } from './open-floor'
import { makeWaitingStudy } from './save'

const DRAFTS = 400
const FIELDS = 40

/** A form of 40 controls kept as a draft, as it is at each pause in typing, against its row written by the driver alone. */
export function benchDraft(): Figure {
  const { test, study } = makeWaitingStudy()
  const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Typist' })
  const ctx = contextFor(test.db, coordinator)
  const typed = (turn: number) =>
    Object.fromEntries(Array.from({ length: FIELDS }, (_, index) => [`f.I${index}`, [String(turn % 9)]]))
  const name = { study: study.code, subject: 'MEL-001', place: 'visits/M1' }
  const keep = (turn: number) => {
    const draft = { ...name, owner: coordinator.userId, discard: false, fields: typed(turn) }
    if (!saveDraft(ctx, draft).ok) throw new Error('the draft was refused')
  }
  keep(0)
  const copy = join(test.file, '../floor.db')
  test.sqlite.exec(`VACUUM INTO '${copy}'`)
  const spent = Array.from({ length: DRAFTS }, (_, turn) => time(() => keep(turn)))

  const floor = openFloor(copy)
  const update = floor.prepare(
    'UPDATE drafts SET fields = ?, saved_at = ? WHERE user_id = ? AND study_id = ? AND subject = ? AND place = ?',
  )
  const floors = Array.from({ length: DRAFTS }, (_, turn) =>
    time(() => {
      const fields = JSON.stringify(typed(turn))
      floor
        .transaction(() =>
          update.run(fields, ctx.now, coordinator.userId, study.id, name.subject, name.place),
        )
        .immediate()
    }),
  )
  floor.close()
  test.remove()
  return figureOf('draft of 40 fields', {
    value: quantile(spent, 0.5),
    floor: quantile(floors, 0.5),
    goal: 3,
    unit: 'ms',
  })
}
