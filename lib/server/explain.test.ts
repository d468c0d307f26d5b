import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { readExplainAddress } from '@/lib/schemas/explain'
import { SaveVisit } from '@/lib/schemas/visits'
import { readSummary } from './cohort'
import type { Ctx } from './context'
import { explainNumber } from './explain'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

type Role = Parameters<typeof seedUser>[1]['role']

const NOW = '2026-04-16T08:30:00.000Z'
const as = (role: Role, site?: string) =>
  contextFor(test.db, seedUser(test.db, { role, study, ...(site ? { site } : {}) }), { now: NOW }) as Ctx

const told = (page: ReturnType<typeof explain>) => accepted(page).explained

function explain(ctx: Ctx, address: Record<string, string> = {}) {
  return explainNumber(ctx, study.code, accepted(readExplainAddress(address)))
}

const BASELINES = [7, 6, 8, 0]

function seed(protocol: Protocol, options: Parameters<typeof seedStudy>[2] = {}): void {
  study = seedStudy(test.db, protocol, options)
  seedOutcomes(
    test.db,
    study,
    BASELINES.map((baseline, index) => ({
      number: index < 2 ? `MEL-00${index + 1}` : `SYD-00${index - 1}`,
      site: index < 2 ? 'MEL' : 'SYD',
      enrolledOn: '2024-01-10',
      arm: index % 2 === 0 || protocol.arms.length === 1 ? 'ACTIVE' : 'SHAM',
      allocatedOn: '2024-02-01',
      doses: { DOSE1: '2024-02-01' },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: baseline, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-01', forms: { nprs: { NPRS_AVG: index === 1 ? 'declined' : 3 } } },
      },
    })),
  )
}

describe('explaining a number', () => {
  it('tells everybody behind it, in the words of the summary', () => {
    seed(SMALL_PROTOCOL)
    const [rule] = SMALL_PROTOCOL.responders
    const reader = as('dataManager')
    const number = told(explain(reader, { code: rule?.code ?? '', visit: 'M1' }))
    const summary = accepted(readSummary(reader, { study: study.code }))
    const { arms } = number.explanation
    expect(arms[0]?.numbers.responders).toEqual(
      summary.parameters[0]?.arms[0]?.visits[1]?.responders.filter(({ code }) => code === rule?.code),
    )
    expect(number.participants?.map(({ subject, outcomes }) => [subject, outcomes[0]?.reason])).toEqual([
      ['MEL-001', 'met'],
      ['MEL-002', 'declined'],
      ['SYD-001', 'met'],
      ['SYD-002', 'baselineZero'],
    ])
    expect(arms[0]?.ruleGroups[0]?.groups.map(({ n }) => n)).toEqual([2, 1, 1])
  })

  it('names participants of other sites by a made-up label, without their days', () => {
    seed(SMALL_PROTOCOL)
    const number = told(explain(as('coordinator', 'MEL'), { code: 'NPRS_AVG', visit: 'M1' }))
    const people = number.participants ?? []
    expect(people.map(({ subject, concealed }) => [subject, concealed])).toEqual([
      ['MEL-001', false],
      ['MEL-002', false],
      ['Other site 1', true],
      ['Other site 2', true],
    ])
    expect(people[0]?.value.date).toBe('2024-03-01')
    expect(JSON.stringify(people.slice(2))).not.toMatch(/\d{4}-\d\d-\d\d|SYD/)
  })

  it('is closed to roles without the result, and to strangers as if there were none', () => {
    seed(SMALL_PROTOCOL)
    expect(explain(as('monitor'))).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    const other = { ...SMALL_PROTOCOL.study, code: 'OTHER' }
    const elsewhere = seedStudy(test.db, { ...SMALL_PROTOCOL, study: other })
    const stranger = contextFor(test.db, seedUser(test.db, { role: 'statistician', study: elsewhere })) as Ctx
    expect(explain(stranger)).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it('refuses what is no number, no visit of it, no subgroup or no entry, and says what there is', () => {
    seed(SMALL_PROTOCOL)
    const reader = as('dataManager')
    const textOf = (address: Record<string, string>) => {
      const page = explain(reader, address)
      return page.ok || page.error.code !== 'invalidInput' ? page : page.error.fields[0]?.text
    }
    expect(textOf({ code: 'NOPE' })).toMatch(/“NOPE” is no score or rule.*NPRS_AVG/)
    expect(textOf({ code: 'NPRS_AVG', visit: 'M99' })).toMatch(/“M99” is no visit.*BL, M1/)
    expect(textOf({ subgroup: 'sex:other' })).toMatch(/“sex:other” is not in this result/)
    expect(textOf({ from: '99999' })).toMatch(/Entry 99999 is not before/)
  })

  it('counts as asked: what a control leaves out is told with its reason', () => {
    seed(SMALL_PROTOCOL)
    const number = told(
      explain(as('dataManager'), { code: 'NPRS_AVG', visit: 'M1', missing: 'bocf', dataCut: '1 Jan 2026' }),
    )
    expect(number.view.missingData).toBe('bocf')
    expect(number.participants?.[1]).toMatchObject({
      value: { value: 6, filledIn: 'bocf', missingReason: 'declined', date: null },
      standing: { place: 'in', reason: 'filledIn' },
    })
  })
})

describe('masking', () => {
  const looks = () =>
    test.db
      .select()
      .from(auditEntries)
      .all()
      .filter(entry => entry.act === 'look')

  it('pools arms and names nobody where results are closed, and records no look', () => {
    seed(TWO_ARM_PROTOCOL)
    const number = told(explain(as('coordinator'), { from: '3' }))
    expect(number.explanation.arms.map(({ arm, inSet }) => [arm, inSet])).toEqual([['ALL', 4]])
    expect(number.participants).toBeNull()
    expect(number.between?.changed).toBeNull()
    expect(number.explanation.arms[0]?.groups.map(({ reason, n }) => [reason, n])).toEqual([
      ['counted', 3],
      ['declined', 1],
    ])
    expect(JSON.stringify(number)).not.toMatch(/MEL-|SYD-|SHAM/)
    expect(looks()).toEqual([])
  })

  it('records a look by arm of who may see results by arm', () => {
    seed(TWO_ARM_PROTOCOL)
    const number = told(explain(as('dataManager'), { visit: 'M1', from: '3' }))
    expect(number.explanation.arms.map(({ arm }) => arm)).toEqual(['ACTIVE', 'SHAM'])
    expect(number.participants?.map(({ subject, arm }) => [subject, arm])).toHaveLength(4)
    expect(looks().map(({ details }) => JSON.parse(details))).toEqual([
      expect.objectContaining({ what: 'explanation', byArm: true, study: study.code, from: 3, visit: 'M1' }),
    ])
  })
})

describe('between two entries', () => {
  const nprs = (average: number) => ({ nprs: { NPRS_AVG: { value: average }, NPRS_WORST: { value: 9 } } })
  const head = () => {
    const own = test.db.select().from(auditEntries).all()
    return Math.max(...own.filter(({ chain }) => chain !== 'system').map(({ seq }) => seq))
  }
  const correct = (coordinator: Ctx, average: string) =>
    accepted(
      saveVisit(
        coordinator,
        SaveVisit.parse({
          ...{ study: study.code, number: 'MEL-001', visit: 'M1', reason: 'Typing error' },
          '~visit': { date: ['16 Nov 2025'], version: ['1'] },
          nprs: { NPRS_AVG: [average], NPRS_WORST: ['9'], '~version': ['1'] },
        }),
      ),
    )

  it('tells whose part differs, how the number moved, and which write did it', () => {
    study = seedStudy(test.db, { ...SMALL_PROTOCOL, treatments: [] })
    const coordinator = contextFor(
      test.db,
      seedUser(test.db, { role: 'coordinator', study, name: 'Coordinator 1' }),
      { now: NOW },
    ) as Ctx
    for (const number of ['MEL-001', 'MEL-002']) {
      const id = seedEnrolled(test.db, study, { number, site: 'MEL' })
      seedVisit(test.db, study, id, { code: 'BL', date: '2025-10-10', forms: nprs(6) })
      seedVisit(test.db, study, id, { code: 'M1', date: '2025-11-16', forms: nprs(3) })
    }
    const from = head()
    correct(coordinator, '5')
    const number = told(
      explain(as('investigator', 'MEL'), { code: 'NPRS_AVG', visit: 'M1', from: String(from) }),
    )
    const { between } = number
    // 6 → 3 and 6 → 3, then 6 → 5 and 6 → 3: mean 3 → 4, mean change −3 → −2.
    expect(between?.before?.arms[0]?.numbers).toMatchObject({ n: 2, mean: 3, change: { mean: -3 } })
    expect(number.explanation.arms[0]?.numbers).toMatchObject({ n: 2, mean: 4, change: { mean: -2 } })
    expect(between?.changed?.map(({ subject }) => subject)).toEqual(['MEL-001'])
    expect(between?.changed?.[0]).toMatchObject({
      before: { value: { value: 3 } },
      now: { value: { value: 5 } },
      entries: [
        {
          seq: from + 1,
          actor: 'Coordinator 1',
          reason: 'Typing error',
          values: [{ label: expect.stringMatching(/[Aa]verage/), old: '3', now: '5' }],
        },
      ],
    })
    const other = told(explain(as('statistician'), { code: 'NPRS_AVG', visit: 'M1', from: String(from) }))
    expect(other.between?.changed?.[0]?.entries).toBeNull()
    expect(other.between?.nChanged).toBe(1)
  })
})
