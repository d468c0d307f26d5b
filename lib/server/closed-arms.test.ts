import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ReleaseLevel } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { readExplainAddress } from '@/lib/schemas/explain'
import { readCohort, readSummary } from './cohort'
import { readCohortView } from './cohort-view'
import type { Ctx } from './context'
import { explainNumber } from './explain'
import { lockStudy } from './locks'
import { releaseResults } from './releases'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const ARMS = ['ACTIVE', 'SHAM'] as const
type Sizes = Readonly<Record<(typeof ARMS)[number], number>>
const ENOUGH: Sizes = { ACTIVE: 6, SHAM: 5 }
const FEW: Sizes = { ACTIVE: 6, SHAM: 4 }

/** Allocated in turn, one a day from 1 February 2024, so that each data cut of those days holds one participant more. */
function seed(masking: Protocol['masking'], sizes: Sizes): void {
  study = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking })
  const people = ARMS.flatMap(arm => Array.from({ length: sizes[arm] }, (_, turn) => ({ arm, turn })))
  const inTurn = people.sort((a, b) => a.turn - b.turn)
  seedOutcomes(
    test.db,
    study,
    inTurn.map(({ arm }, index) => ({
      number: `MEL-0${index + 10}`,
      arm,
      enrolledOn: '2024-01-10',
      allocatedOn: dayOf(index),
      doses: { DOSE1: dayOf(index) },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: 7, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-05', forms: { nprs: { NPRS_AVG: 3, NPRS_WORST: 8 } } },
      },
    })),
  )
}

const dayOf = (index: number) => `2024-02-${String(index + 1).padStart(2, '0')}`

let people = 0
type Role = 'coordinator' | 'investigator' | 'dataManager' | 'statistician'
const as = (role: Role): Ctx =>
  contextFor(test.db, seedUser(test.db, { role, study, name: `Person ${++people}` }))

const OPENINGS = {
  none: () => {},
  lock: () => void accepted(lockStudy(as('dataManager'), { study: study.code, reason: 'Final analysis' })),
  ...{ byArm: () => release('byArm'), armsMasked: () => release('armsMasked') },
} as const

function release(level: ReleaseLevel): void {
  const said = { study: study.code, reason: 'Committee', confirmed: true }
  accepted(releaseResults(as('dataManager'), { ...said, level, audience: 'all' }))
}

const looks = () =>
  test.sqlite.prepare("SELECT count(*) FROM audit_entries WHERE act = 'look'").pluck().get() as number
const head = () =>
  test.sqlite
    .prepare('SELECT max(seq) FROM audit_entries WHERE chain = ?')
    .pluck()
    .get(`study/${study.code}`) as number

interface Asked {
  readonly dataCut?: string
  readonly asOf?: number
}

/** Every road to a result, with the arms that it stands by and the reason why there are none. */
function askAll(role: Role, { dataCut, asOf }: Asked = {}) {
  const address = { ...(dataCut ? { dataCut } : {}), ...(asOf === undefined ? {} : { asOf: String(asOf) }) }
  const explained = accepted(readExplainAddress({ ...address, parameter: 'NPRS_AVG', visit: 'M1' }))
  const query = { study: study.code, dataCut, asOf }
  const cohort = accepted(readCohort(as(role), query))
  const page = accepted(readCohortView(as(role), study.code, address))
  const summary = accepted(readSummary(as(role), query))
  const number = accepted(explainNumber(as(role), study.code, explained)).explained
  expect([cohort.isPooled, page.isPooled]).toEqual(
    [cohort, page].map(each => armsOf(each.summary)[0] === 'ALL'),
  )
  return [
    ...[cohort.summary, page.summary, summary].map(each => [armsOf(each), each.armsReason]),
    [number.explanation.arms.map(({ arm }) => arm), number.armsReason],
  ]
}
const armsOf = (summary: { parameters: readonly { arms: readonly { arm: string }[] }[] }) =>
  summary.parameters[0]?.arms.map(({ arm }) => arm) ?? []

function expectPooled(role: Role, reason: string | undefined, asked: Asked = {}): void {
  const before = looks()
  for (const road of askAll(role, asked)) expect(road).toEqual([['ALL'], reason])
  expect(looks()).toBe(before)
}

function expectByArm(role: Role, arms: readonly string[], asked: Asked = {}): void {
  const before = looks()
  for (const road of askAll(role, asked)) expect(road).toEqual([arms, undefined])
  expect(looks()).toBe(before + 4)
}

const LETTERS = ['A', 'B']
const CLOSED: readonly (readonly [Protocol['masking'], keyof typeof OPENINGS, Role, readonly string[]])[] = [
  ['siteStaff', 'byArm', 'coordinator', ARMS],
  ['siteStaff', 'byArm', 'investigator', ARMS],
  ['siteStaff', 'byArm', 'statistician', ARMS],
  ['siteStaff', 'armsMasked', 'statistician', LETTERS],
  ['full', 'byArm', 'dataManager', ARMS],
  ['participant', 'armsMasked', 'coordinator', LETTERS],
  ['open', 'armsMasked', 'coordinator', LETTERS],
  ['siteStaff', 'lock', 'investigator', ARMS],
  ['full', 'lock', 'coordinator', ARMS],
]

describe('to whom results by arm are open and participants’ arms are closed', () => {
  for (const [masking, opening, role, arms] of CLOSED) {
    const whose = `masked “${masking}”, opened by “${opening}”: ${role}`

    it(`gets results by arm as they stand now, pooled at any other data cut or entry, ${whose}`, () => {
      seed(masking, ENOUGH)
      const past = head() - 1
      OPENINGS[opening]()
      expectByArm(role, arms)
      expectByArm(role, arms, { dataCut: '2026-04-16', asOf: head() })
      for (const dataCut of [dayOf(0), dayOf(1), '2026-04-15']) expectPooled(role, 'notAsOfNow', { dataCut })
      expectPooled(role, 'notAsOfNow', { asOf: past })
    })

    it(`gets them pooled while an arm has fewer than five, ${whose}`, () => {
      seed(masking, FEW)
      OPENINGS[opening]()
      expectPooled(role, 'smallArm')
      expectPooled(role, 'notAsOfNow', { dataCut: dayOf(3) })
    })
  }

  it('gets a number between two entries pooled, on both sides and without a look', () => {
    seed('siteStaff', ENOUGH)
    const from = String(head() - 1)
    release('byArm')
    const before = looks()
    const asked = accepted(readExplainAddress({ parameter: 'NPRS_AVG', visit: 'M1', from }))
    const { explained } = accepted(explainNumber(as('investigator'), study.code, asked))
    const told = [explained.explanation, explained.between?.before]
    expect(told.map(each => each?.arms.map(({ arm }) => arm))).toEqual([['ALL'], ['ALL']])
    expect(explained).toMatchObject({ armsReason: 'notAsOfNow', participants: null })
    expect(JSON.stringify(explained)).not.toMatch(/ACTIVE|SHAM|MEL-/)
    expect(looks()).toBe(before)
  })

  it('gets a link to one arm answered pooled too, by the release of nobody', () => {
    seed('siteStaff', ENOUGH)
    release('byArm')
    const open = (given: Record<string, string>) =>
      accepted(readCohortView(as('investigator'), study.code, { arm: 'SHAM', ...given }))
    expect(open({})).toMatchObject({ isPooled: false, openedBy: { id: 1 }, controls: { arms: ['SHAM'] } })
    const shown = open({ dataCut: dayOf(4) })
    expect(shown).toMatchObject({ isPooled: true, armsMasked: false, openedBy: null, controls: { arms: [] } })
    const { protocol: _, ...handed } = shown
    expect(JSON.stringify(handed)).not.toMatch(/ACTIVE|SHAM|MEL-/)
  })
})

const OTHERS: readonly (readonly [
  Protocol['masking'],
  keyof typeof OPENINGS,
  Role,
  readonly string[] | null,
])[] = [
  ['siteStaff', 'none', 'dataManager', ARMS],
  ['siteStaff', 'byArm', 'dataManager', ARMS],
  ['open', 'none', 'statistician', ARMS],
  ['open', 'byArm', 'coordinator', ARMS],
  ['full', 'lock', 'dataManager', ARMS],
  ['siteStaff', 'lock', 'statistician', ARMS],
  ['participant', 'lock', 'investigator', ARMS],
  ['siteStaff', 'none', 'investigator', null],
  ['full', 'none', 'statistician', null],
]

describe('to whom participants’ arms are open, or results by arm are closed', () => {
  for (const [masking, opening, role, arms] of OTHERS) {
    it(`everything stays as it was at any data cut or entry, masked “${masking}”, opened by “${opening}”: ${role}`, () => {
      seed(masking, FEW)
      const past = head() - 1
      OPENINGS[opening]()
      for (const asked of [{}, { dataCut: dayOf(2) }, { asOf: past }]) {
        if (arms === null) expectPooled(role, undefined, asked)
        else expectByArm(role, arms, asked)
      }
    })
  }
})
