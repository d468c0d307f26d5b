import { seedStudy } from '@/db/testing/factories'
import { type LargeForms, seedLarge } from '@/db/testing/seed-large'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'

const FORMS: LargeForms = {
  nprs: { NPRS_AVG: (i, v) => (i * 7 + v * 3) % 10, NPRS_WORST: (i, v) => ((i * 7 + v * 3) % 10) + 1 },
  odi: { ODI: (i, v) => 2 * ((i * 13 + v * 5) % 50) },
  work: { WORK_CAPACITY: (i, v) => (i + v) % 3, WORK_HOURS: (i, v) => (i * 3 + v) % 40 },
  analgesics: { ANALGESIC_LEVEL: (i, v) => (i + v) % 4 },
}

export const PARAMETERS_PER_VISIT = Object.values(FORMS).flatMap(Object.keys).length

/** Baseline and one visit a month. */
function protocolOf(visits: number): Protocol {
  const [first] = SMALL_PROTOCOL.visits
  if (!first) throw new Error('the small protocol has visits')
  const instruments = Object.keys(FORMS)
  const later = Array.from(
    { length: visits - 1 },
    (_, index): VisitPlan => ({
      code: `M${index + 1}`,
      name: `${index + 1} months`,
      target: { value: index + 1, unit: 'months' },
      window: { beforeDays: 7, afterDays: 7 },
      instruments,
      forms: [],
    }),
  )
  return { ...SMALL_PROTOCOL, visits: [{ ...first, instruments, forms: [] }, ...later] }
}

/** A study in a database of its own, in which everybody came to every visit. */
export function makeLargeStudy(participants: number, visits: number): TestDb & { readonly study: string } {
  const test = createTestDb()
  const study = seedStudy(test.db, protocolOf(visits))
  seedLarge(test, study, participants, FORMS)
  test.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  test.sqlite.exec('ANALYZE')
  return { ...test, study: study.code }
}
