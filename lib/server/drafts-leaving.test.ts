import { afterEach, beforeEach, expect, it } from 'vitest'
import { drafts } from '@/db/schema/sessions'
import { contextFor, type SeededStudy, type SeededUser } from '@/db/testing/factories'
import type { TestDb } from '@/db/testing/test-db'
import { openVisitDesk, seedTreated } from '@/db/testing/visit-desk'
import { KeepDraft } from '@/lib/schemas/drafts'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { saveDraft } from './drafts'
import { saveLogEntry } from './logs'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
beforeEach(() => {
  ;({ test, study, coordinator } = openVisitDesk())
  seedTreated(test, study, 'MEL-002', 'MEL')
})
afterEach(() => test.remove())

const context = () => contextFor(test.db, coordinator)
function keep(subject: string) {
  const draft = { study: 'SMALL', subject, place: 'visits/M6', owner: coordinator.userId, discard: false }
  const posted = KeepDraft.parse({ ...draft, fields: { 'nprs.NPRS_AVG': ['4'] } })
  expect(saveDraft(context(), posted).ok).toBe(true)
}
function leave(kind: string) {
  const entry = { study: 'SMALL', number: 'MEL-001', log: 'departures', entry: 'new' }
  const answers = { KIND: [kind], DATE: ['16 Apr 2026'] }
  const post = (confirm: readonly string[]) =>
    saveLogEntry(context(), SaveLogEntry.parse({ ...entry, answers, confirm }))
  const first = post([])
  const asked = !first.ok && first.error.code === 'unanswered' ? first.error.questions : []
  expect(asked.length === 0 ? first.ok : post(asked.map(({ code }) => code)).ok).toBe(true)
}
const kept = () => test.db.select({ subject: drafts.subject }).from(drafts).all()

it('of who asks for no further use every draft is dropped with it, of nobody else', () => {
  keep('MEL-001')
  keep('MEL-002')
  leave('noFurtherUse')
  expect(kept()).toEqual([{ subject: 'MEL-002' }])
})

it('of who leaves follow-up drafts stay: earlier assessments may be entered late', () => {
  keep('MEL-001')
  leave('followUp')
  expect(kept()).toEqual([{ subject: 'MEL-001' }])
})
