import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import {
  ENTERED_TWICE,
  MONTH_1,
  openDoubleEntryDesk,
  postCorrection,
  postPain,
  TWICE_PROTOCOL,
} from '@/db/testing/double-entry-desk'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { seedLarge } from '@/db/testing/seed-large'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import type { TestDb } from '@/db/testing/test-db'
import { SettleDoubleEntry } from '@/lib/schemas/double-entry'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { SaveVisit } from '@/lib/schemas/visits'
import { verifyAudit } from './audit'
import { operatorContext } from './context'
import { readSecondEntry, saveSecondEntry } from './double-entry'
import { readDifferences, settleDifferences } from './double-entry-settling'
import { saveLogEntry } from './logs'
import { saveVisit } from './visits'
import { readWorklist } from './worklist'

let test: TestDb
let study: SeededStudy
let first: SeededUser
let second: SeededUser
beforeEach(() => {
  ;({ test, study, first, second } = openDoubleEntryDesk())
})
afterEach(() => test.remove())

const context = (who: SeededUser) => contextFor(test.db, who)
const enter = (who = first) => saveVisit(context(who), postPain('6', '8'))
const again = (average: string, worst: string, who = second) =>
  saveSecondEntry(context(who), postPain(average, worst))
const decide = (
  choice: Record<string, string[]>,
  versions: string,
  who = second,
  confirm: readonly string[] = [],
) =>
  settleDifferences(
    context(who),
    SettleDoubleEntry.parse({
      ...MONTH_1,
      reason: 'First entry misread the source',
      confirm,
      nprs: { '~versions': [versions], ...choice },
    }),
  )
const wanted = (who: SeededUser) =>
  accepted(readWorklist(context(who), { study: study.code, site: null })).doubleEntry.map(item => item.wants)
const differences = (who = second) => {
  const read = readDifferences(context(who), MONTH_1)
  return read.ok ? read.value.forms : null
}
const score = (parameter: string) =>
  test.sqlite.prepare('SELECT value FROM scores WHERE parameter = ?').pluck().get(parameter)

describe('the second entry', () => {
  it('is asked of another person, once the form is received', () => {
    expect(wanted(second)).toEqual([])
    expect(enter().ok).toBe(true)
    expect(wanted(first)).toEqual([])
    expect(wanted(second)).toEqual(['secondEntry'])
  })

  it('is blind: nothing that is stored goes to its page', () => {
    enter()
    const read = readSecondEntry(context(second), MONTH_1)
    if (!read.ok) throw new Error('it may be read')
    const { visit } = read.value
    expect(visit.forms.map(form => [form.key, form.answers, form.last, form.history, form.version])).toEqual([
      ['nprs', {}, null, {}, null],
    ])
    expect(visit.trends).toEqual([])
    expect(visit.page).toEqual({ date: '', mode: '', source: '', before: '' })
    expect(JSON.stringify(visit.forms)).not.toMatch(/[68]/)
  })

  it('is not told either that the first entry knows of an event', () => {
    const visits = TWICE_PROTOCOL.visits.map(plan => ({ ...plan, instruments: ['adverseEvents'] }))
    const protocol = {
      ...TWICE_PROTOCOL,
      study: { ...TWICE_PROTOCOL.study, code: 'EVENTS' },
      visits,
      doubleEntry: { forms: ['adverseEvents'] },
    }
    const events = seedStudy(test.db, protocol)
    seedOutcomes(test.db, events, [ENTERED_TWICE])
    const [one, two] = ['One', 'Two'].map(name =>
      seedUser(test.db, { role: 'coordinator', study: events, site: 'MEL', name }),
    )
    const address = { ...MONTH_1, study: 'EVENTS' }
    const told = { ...address, '~visit': { date: ['10 Apr 2026'] }, adverseEvents: { AE_ANY: ['1'] } }
    expect(saveVisit(context(one as SeededUser), SaveVisit.parse(told)).ok).toBe(true)
    const read = readSecondEntry(context(two as SeededUser), address)
    expect(read).toMatchObject({ ok: true, value: { visit: { lacksEvent: false } } })
    expect(read.ok && read.value.visit.forms).toHaveLength(1)
  })

  it('is refused to who entered the first, and to who corrected it', () => {
    enter()
    const own = again('6', '8', first)
    expect(own.ok ? null : own.error.code).toBe('notPossible')
    const correction = postCorrection('7', '1')
    expect(saveVisit(context(second), correction).ok).toBe(true)
    expect(again('7', '8').ok).toBe(false)
    expect(wanted(second)).toEqual([])
  })

  it('that is equal is settled', () => {
    enter()
    expect(again('6', '8')).toMatchObject({ ok: true, value: { written: 1, differing: 0 } })
    expect(wanted(second)).toEqual([])
    expect(differences()).toEqual([])
  })

  it('is made once, complete, and of values that an entry may have', () => {
    enter()
    const wrong = again('11', '8')
    expect(wrong.ok ? null : wrong.error).toMatchObject({ code: 'invalidInput' })
    const half = saveSecondEntry(context(second), postPain('6', '8', { nprs: { NPRS_AVG: ['6'] } }))
    expect(half.ok ? null : half.error).toMatchObject({ code: 'invalidInput' })
    expect(again('6', '8').ok).toBe(true)
    const third = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Third' })
    expect(again('5', '8', third).ok).toBe(false)
    expect(test.sqlite.prepare('SELECT count(*) FROM second_entries').pluck().get()).toBe(1)
  })
})

describe('the worklist', () => {
  it.each([true, false])('asks nothing of who asked for no further use (entered twice: %s)', isTwice => {
    enter()
    if (isTwice) again('5', '8')
    leaveWithoutUse()
    expect([wanted(first), wanted(second)]).toEqual([[], []])
  })

  it('takes as many waiting forms as a large study has', () => {
    const value = () => 4
    seedLarge(test, study, 8_200, { nprs: { NPRS_AVG: value, NPRS_WORST: value } })
    expect(wanted(second)?.length).toBe(32_800)
  })
})

function leaveWithoutUse() {
  const answers = { KIND: ['noFurtherUse'], DATE: ['11 Apr 2026'] }
  const entry = { ...MONTH_1, log: 'departures', entry: 'new', answers }
  const asked = saveLogEntry(context(first), SaveLogEntry.parse(entry))
  const confirm =
    !asked.ok && asked.error.code === 'unanswered' ? asked.error.questions.map(({ code }) => code) : []
  expect(saveLogEntry(context(first), SaveLogEntry.parse({ ...entry, confirm })).ok).toBe(true)
}

describe('differences', () => {
  it('are shown side by side, and only they', () => {
    enter()
    again('5', '8')
    expect(wanted(first)).toEqual(['decision'])
    const [form] = differences() ?? []
    expect(form?.differences).toMatchObject([{ code: 'NPRS_AVG', first: '6', second: '5' }])
    expect([form?.firstBy, form?.secondBy, form?.versions]).toEqual(['First Person', 'Second Person', '1-1'])
  })

  it.each([
    ['the first', { NPRS_AVG: ['first'] }, 6],
    ['the second', { NPRS_AVG: ['second'] }, 5],
    ['a third value', { NPRS_AVG: ['other'], 'NPRS_AVG~other': ['4'] }, 4],
  ])('are decided for %s, scored, audited with the reason, and can be replayed', (_, choice, expected) => {
    enter()
    again('5', '8')
    expect(decide(choice, '1-1').ok).toBe(true)
    expect(score('NPRS_AVG')).toBe(expected)
    expect(score('NPRS_WORST')).toBe(8)
    expect(wanted(first)).toEqual([])
    const reasons = test.sqlite
      .prepare("SELECT reason FROM audit_entries WHERE reason LIKE 'Double entry: %'")
      .all()
    expect(reasons.length).toBe(expected === 6 ? 1 : 2)
    const sound = verifyAudit(operatorContext(test.db), { study: null, anchors: null })
    expect(sound.ok && sound.value.sound).toBe(true)
    expect(compareReplay(test.db)).toEqual([])
    const kept = test.sqlite.prepare('SELECT answers FROM second_entries').pluck().get()
    expect(JSON.parse(String(kept))).toEqual({ NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 8 } })
  })

  it('are asked about where the values decided do not go together; the answer is kept with them', () => {
    enter()
    again('5', '9')
    const choice = { NPRS_AVG: ['other'], 'NPRS_AVG~other': ['9'], NPRS_WORST: ['first'] }
    const asked = decide(choice, '1-1')
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error('9 on average, 8 at worst')
    expect(score('NPRS_AVG')).toBe(6)
    const confirm = asked.error.questions.map(({ code }) => code)
    expect(decide(choice, '1-1', second, confirm).ok).toBe(true)
    const kept = test.sqlite.prepare('SELECT confirmations FROM assessments').pluck().get()
    expect(JSON.parse(String(kept))).toEqual({ [confirm[0] ?? '']: 'asMarked' })
  })

  it('are not decided without a choice, by a wrong value, or of entries that changed meanwhile', () => {
    enter()
    again('5', '8')
    const none = decide({}, '1-1')
    expect(none.ok ? null : none.error).toMatchObject({ fields: [{ field: 'nprs.NPRS_AVG' }] })
    const wrong = decide({ NPRS_AVG: ['other'], 'NPRS_AVG~other': ['11'] }, '1-1')
    expect(wrong.ok ? null : wrong.error).toMatchObject({ fields: [{ field: 'nprs.NPRS_AVG' }] })
    expect(decide({ NPRS_AVG: ['second'] }, '2-1').ok).toBe(false)
    expect(score('NPRS_AVG')).toBe(6)
  })

  it('are open again when the first entry is changed after the decision and still differs', () => {
    enter()
    again('5', '8')
    decide({ NPRS_AVG: ['first'] }, '1-1')
    const correction = postCorrection('7', '1')
    expect(saveVisit(context(first), correction).ok).toBe(true)
    expect(wanted(first)).toEqual(['decision'])
  })

  it.each(['monitor', 'statistician', 'investigator'] as const)('are not shown to a %s', role => {
    enter()
    again('5', '8')
    expect(differences(seedUser(test.db, { role, study, name: 'Other' }))).toBeNull()
  })
})
