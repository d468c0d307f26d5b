import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readExportRecords } from '@/db/queries/exports'
import type { SeededStudy } from '@/db/testing/factories'
import { seedEntry, seedLogs } from '@/db/testing/seed-logs'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { deriveExportScope } from '@/lib/domain/exports/export-scope'
import { deriveExportSubject } from '@/lib/domain/exports/export-subject'
import { logTable } from '@/lib/domain/exports/logs'
import { adverseEvents } from '@/lib/domain/logs/adverse-events'
import { harvests } from '@/lib/domain/logs/harvests'
import { interventions } from '@/lib/domain/logs/interventions'
import type { Log, LogCode } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'

const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let participantId: ParticipantId

beforeEach(() => {
  test = createTestDb()
  ;({ study, participantId } = seedLogs(test))
})
afterEach(() => test.remove())

const log = (code: LogCode, values: Parameters<typeof seedEntry>[3]) =>
  seedEntry(test, participantId, code, values)

describe('where arms are withheld (D5)', () => {
  function tableFor(of: Log, isOpen: boolean) {
    const [person] = [...readRecords()]
    if (!person) throw new Error('nobody')
    const view = { participantArms: isOpen, resultsByArm: isOpen, armsNamed: isOpen }
    const about = { synthetic: false, dataCut: day('2025-12-31'), view }
    const scope = deriveExportScope({ protocol: TWO_ARM_PROTOCOL, ...about })
    const subject = deriveExportSubject(person, scope)
    const { columns, rows } = logTable(of, scope)
    const names = columns.map(({ variable }) => variable)
    const cells = subject ? [...rows(subject)] : []
    return { columns, rows: cells.map(row => Object.fromEntries(names.map((name, at) => [name, row[at]]))) }
  }

  it('harvests have no rows, since not every arm may have one', () => {
    log('harvests', { HARVEST_DATE: '2025-01-20', SOURCE: 'adipose', HARM: false })
    expect([true, false].map(isOpen => tableFor(harvests, isOpen).rows.length)).toEqual([1, 0])
  })

  it('no derived day lets that of a harvest or dose through, and the codebook says why', () => {
    log('harvests', { HARVEST_DATE: '2025-01-20', SOURCE: 'adipose', HARM: false })
    log('adverseEvents', { AETERM: 'Pain flare', AESTDAT: '2025-01', AEONGO: true })
    log('interventions', { PRCAT: 'surgery', PRSTDAT: '2025-02', PRTRT: 'Discectomy' })
    const open = tableFor(adverseEvents, true).rows[0]
    expect(open).toMatchObject({ aestdat_day: '2025-01-20', treatment_emergent: 'yes' })
    const masked = [tableFor(adverseEvents, false), tableFor(interventions, false)]
    expect(masked[0]?.rows[0]).toMatchObject({ aestdat: '2025-01', aestdat_day: null, study_day: null })
    expect(masked[0]?.rows[0]).toMatchObject({ aestdat_day_flag: null, treatment_emergent: null })
    expect(masked[1]?.rows[0]).toMatchObject({ prstdat_day: null, rescue: true, rescue_day: null })
    expect(JSON.stringify(masked.map(({ rows }) => rows))).not.toMatch(/2025-01-20|2025-02-10/)
    for (const { columns } of masked)
      for (const { variable, derivation } of columns)
        if (/^(aestdat_day|prstdat_day|study_day|treatment_emergent|rescue_day)$/.test(variable))
          expect(derivation, variable).toMatch(/in this export/)
  })
})

function readRecords() {
  const view = { participantArms: true, resultsByArm: true, armsNamed: true }
  const query = { studyId: study.id, protocol: study.protocol, sites: 'all', view, withItems: false } as const
  return readExportRecords(test.db, query)
}
