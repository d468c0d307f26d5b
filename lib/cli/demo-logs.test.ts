import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connection, openDatabase } from '@/db/client'
import { compareReplay } from '@/db/replay'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { now } from '@/lib/server/clock'
import { operatorContext } from '@/lib/server/context'
import { setUpDatabase } from '@/lib/server/database'
import { listVisitsLackingEvent } from '@/lib/server/event-contacts'
import { readParticipant } from '@/lib/server/participant-record'
import { makeDemoStudy } from './demo-study'
import { unwrap } from './run'

const NINE = Array.from({ length: 9 }, (_, index) => `MEL-00${index + 1}`)
const folder = mkdtempSync(join(tmpdir(), 'longitude-demo-logs-'))
let demo: Connection

beforeAll(async () => {
  demo = openDatabase(join(folder, 'demo.db'))
  setUpDatabase(demo, { demo: true })
  await makeDemoStudy(demo.db, calendarDateIn('Australia/Melbourne', now()), () => 'blue harbour ladder nine')
})
afterAll(() => {
  demo.close()
  rmSync(folder, { recursive: true, force: true })
})

type Row = Readonly<Record<string, string | number | null>>
const rows = (sql: string) => demo.sqlite.prepare(sql).all() as Row[]

/** Values of live entries of a log, by participant. */
function entries(log: string, ...fields: readonly string[]) {
  const values = fields.map(field => `e.answers ->> '$.${field}.value' AS ${field}`).join(', ')
  return rows(
    `SELECT p.number AS number, ${values} FROM log_entries e JOIN participants p ON p.id = e.participant_id
     WHERE e.log = '${log}' AND e.voided_at IS NULL ORDER BY p.number, e.id`,
  )
}

const record = (number: string) => unwrap(readParticipant(operatorContext(demo.db), 'ADMSC', number))

describe('the treatment of the nine (Future Science OA 2022;8(5):FSO794)', () => {
  it('follows consent, baseline, liposuction and weeks of culture, in this order', () => {
    const courses = rows(
      `SELECT p.number AS number, p.consent_date AS consent, v.visit_date AS baseline,
         (SELECT e.answers ->> '$.HARVEST_DATE.value' FROM log_entries e
          WHERE e.participant_id = p.id AND e.log = 'harvests') AS harvest,
         (SELECT min(t.given_on) FROM treatments t WHERE t.participant_id = p.id) AS dose
       FROM participants p JOIN visits v ON v.participant_id = p.id AND v.code = 'BL'
       WHERE p.number <= 'MEL-009' ORDER BY p.number`,
    )
    expect(courses.map(({ number }) => number)).toEqual(NINE)
    for (const { consent, baseline, harvest, dose } of courses) {
      expect([consent, baseline, harvest, dose].map(String).toSorted()).toEqual([
        consent,
        baseline,
        harvest,
        dose,
      ])
      expect(Date.parse(String(dose)) - Date.parse(String(harvest))).toBeGreaterThanOrEqual(14 * 86_400_000)
    }
    for (const { SOURCE, METHOD } of entries('harvests', 'SOURCE', 'METHOD'))
      expect([SOURCE, METHOD]).toEqual(['adipose', 'Liposuction'])
  })

  it('is 10 million autologous adipose cells in 1 mL under imaging, at each of 14 doses', () => {
    const fields = ['PRODUCT', 'ORIGIN', 'AMOUNT', 'VOLUME', 'GUIDANCE', 'LOT', 'CELL_COUNT', 'VIABILITY']
    const doses = rows(
      `SELECT p.number AS number, ${fields.map(field => `t.details ->> '$.${field}.value' AS ${field}`).join(', ')}
       FROM treatments t JOIN participants p ON p.id = t.participant_id WHERE p.number <= 'MEL-009'`,
    )
    expect(doses).toHaveLength(9 + 5)
    for (const dose of doses) {
      expect(dose).toMatchObject({ PRODUCT: 'adipose', ORIGIN: 'autologous', AMOUNT: 10, VOLUME: 1 })
      expect(dose.GUIDANCE).toBe('fluoroscopy')
      expect(dose.LOT).toMatch(/^SYN-/)
      expect(Number(dose.CELL_COUNT)).toBeGreaterThanOrEqual(10)
      expect(Number(dose.VIABILITY)).toBeGreaterThan(80)
    }
  })
})

describe('the safety of the nine', () => {
  it('has no serious and no unexpected adverse event; each is judged, and over', () => {
    const fields = ['AESER', 'AESERINV', 'AEEXP', 'AEOUT', 'AETOXGR', 'AERELPR', 'AERELPD'] as const
    const events = entries('adverseEvents', ...fields)
    expect(events).toHaveLength(4)
    for (const { AESER, AESERINV, AEEXP, AEOUT, AETOXGR, AERELPR, AERELPD } of events) {
      expect([AESER, AESERINV, AEEXP, AEOUT]).toEqual([0, 0, 'expected', 'recovered'])
      expect(Number(AETOXGR)).toBeLessThan(3)
      expect(AERELPR).not.toBeNull()
      expect(AERELPD).not.toBeNull()
    }
    expect(rows('SELECT id FROM event_reports')).toEqual([])
  })

  it('has an event for each contact that told of one, and a contact for each event', () => {
    for (const number of NINE) expect(listVisitsLackingEvent(demo.db, record(number).participant)).toEqual([])
    const told = rows(
      `SELECT p.number AS number FROM assessments a JOIN visits v ON v.id = a.visit_id
       JOIN participants p ON p.id = v.participant_id
       WHERE a.form = 'adverseEvents' AND a.answers ->> '$.AE_ANY.value' = 1 ORDER BY p.number`,
    )
    expect(told.map(({ number }) => number)).toEqual(
      entries('adverseEvents', 'AETERM').map(({ number }) => number),
    )
  })

  it('has a harm of the harvest wherever an event tells of one', () => {
    const harmed = entries('harvests', 'HARM', 'HARM_TEXT').filter(({ HARM }) => HARM === 1)
    expect(harmed.map(({ number, HARM_TEXT }) => [number, HARM_TEXT])).toEqual([
      ['MEL-004', 'Bruising at the harvest site'],
    ])
  })
})

describe('the other logs', () => {
  it('hold history, attempts to reach one participant, a late visit and the next booking', () => {
    expect(new Set(entries('conditions', 'TERM').map(({ number }) => number)).size).toBe(4)
    expect(entries('contacts', 'VISIT').map(({ number, VISIT }) => [number, VISIT])).toEqual([
      ['MEL-007', 'M9'],
      ['MEL-007', 'M9'],
    ])
    expect(entries('deviations', 'VISIT', 'CLASS')).toEqual([
      { number: 'MEL-007', VISIT: 'M3', CLASS: 'minor' },
    ])
    expect(entries('appointments', 'VISIT', 'STATUS')).toEqual([
      { number: 'MEL-006', VISIT: 'M24', STATUS: 'booked' },
    ])
  })

  it('and all else are what the audit gives when it is replayed from zero', () => {
    expect(compareReplay(demo.db)).toEqual([])
  })
})

describe('the page of a treated participant', () => {
  it('lacks no baseline, and shows the main scores of the study', () => {
    for (const number of NINE) expect(record(number).withoutBaseline).toEqual([])
    expect(record('MEL-001').trends.map(({ parameter }) => parameter.code)).toEqual([
      'NPRS_AVG',
      'NPRS_WORST',
      'ODI',
      'EQ5D3L_INDEX',
      'EQ5D3L_VAS',
      'WORK_HOURS',
    ])
  })
})
