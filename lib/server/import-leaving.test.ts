import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addLogEntry } from '@/db/commands/logs'
import { writeSchedule } from '@/db/commands/schedule'
import { findParticipant } from '@/db/queries/participants'
import { scheduledVisits } from '@/db/schema/visits'
import { contextFor, type SeededStudy, seedStudy } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { examineDatabase } from './doctor'
import { importFile } from './imports'

const day = (text: string) => text as CalendarDate

/** Version 1.1 adds month 12. */
const AMENDED: Protocol = {
  ...SMALL_PROTOCOL,
  versions: [
    ...SMALL_PROTOCOL.versions,
    { number: '1.1', effectiveFrom: day('2024-06-01'), summary: 'Month 12' },
  ],
  visits: SMALL_PROTOCOL.visits.map(visit =>
    visit.code === 'M12' ? { ...visit, sinceVersion: '1.1' } : visit,
  ),
}

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, AMENDED)
})
afterEach(() => test.remove())

function send(text: string) {
  const request = { file: 'f.csv', mapping: null, register: true, reason: null, dryRun: false }
  const ctx = contextFor(test.db, { kind: 'operator' as const })
  return importFile(ctx as never, { ...request, study: study.code, bytes: Buffer.from(text) })
}

/** Rows and texts that were refused; empty: imported. */
function refusals(text: string): readonly string[] {
  const done = send(text)
  if (done.ok) return []
  if (done.error.code !== 'fileRefused') throw new Error(JSON.stringify(done.error))
  return done.error.cells.map(cell => `${cell.row} ${cell.text}`)
}

const HEAD = 'subject,site,arm,visit,visit_date,NPRS_AVG,NPRS_WORST,DOSE1,DOSE2\n'
const BASELINE = `${HEAD}A-1,MEL,,BL,2024-01-20,7,8,2024-02-01,\n`

/** What the file registered leaves on that day. */
function leave(kind: string, date: string): void {
  test.db.transaction(
    tx => {
      const person = findParticipant(tx, study.id, 'A-1')
      if (!person) throw new Error('not imported')
      const answers = { KIND: { value: kind }, DATE: { value: date } }
      const entry = { participantId: person.id, log: 'departures', answers, confirmations: {} }
      addLogEntry(tx, TEST_WRITER, entry)
      writeSchedule(tx, { participantId: person.id, protocol: AMENDED, protocolVersion: '1.1' })
    },
    { behavior: 'immediate' },
  )
}

const unsound = () => examineDatabase(test).filter(({ findings }) => findings.length > 0)

describe('an import', () => {
  it('takes what was assessed before a participant left, and refuses what is dated after', () => {
    expect(refusals(BASELINE)).toEqual([])
    leave('followUp', '2024-05-02')
    expect(refusals(`${HEAD}A-1,MEL,,M6,2024-08-01,4,5,,\n`)[0]).toContain('after the participant left')
    expect(refusals(`${HEAD}A-1,MEL,,M1,2024-03-01,4,5,,\n`)).toEqual([])
    expect(unsound()).toEqual([])
  })

  it('refuses a dose dated after withdrawal from treatment', () => {
    expect(refusals(BASELINE)).toEqual([])
    leave('treatment', '2024-05-02')
    expect(refusals(`${HEAD}A-1,MEL,,M6,2024-08-01,4,5,,2024-08-02\n`)[0]).toContain(
      'withdrew from treatment',
    )
  })

  it('changes nothing of who asked for no further use', () => {
    expect(refusals(BASELINE)).toEqual([])
    leave('noFurtherUse', '2024-05-02')
    expect(refusals(`${HEAD}A-1,MEL,,M1,2024-03-01,4,5,,\n`)[0]).toContain('no further use')
  })

  it('has no visit that an amendment added after the participant left', () => {
    expect(refusals(BASELINE)).toEqual([])
    leave('followUp', '2024-05-02')
    expect(refusals(`${HEAD}A-1,MEL,,M12,2024-05-01,4,5,,\n`)[0]).toContain('M12 does not exist for A-1')
  })

  it('places a new participant’s visits by what the site approved', () => {
    test.db.transaction(
      tx => {
        const siteId = study.sites.MEL
        if (!siteId) throw new Error('no site')
        const approval = { siteId, version: '1.1', approvedOn: day('2025-01-01') }
        insertRecord(tx, TEST_WRITER, 'site_approvals', approval)
      },
      { behavior: 'immediate' },
    )
    expect(refusals(BASELINE)).toEqual([])
    leave('followUp', '2024-12-31')
    const codes = test.db.select().from(scheduledVisits).all()
    expect(codes.map(({ visit }) => visit)).not.toContain('M12')
    expect(unsound()).toEqual([])
  })
})
