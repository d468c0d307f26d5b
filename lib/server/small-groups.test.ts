import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted, refused } from '@/db/testing/results'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { ReleaseLevel } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { readExplainAddress } from '@/lib/schemas/explain'
import { readCohort, readSummary } from './cohort'
import { readCohortView } from './cohort-view'
import { explainNumber } from './explain'
import { releaseResults } from './releases'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

/** Participants by diagnosis and arm: “few” would tell an arm, “more” less “few” is enough, “most” is. */
const GROUPS = [
  { diagnosis: 'most', ACTIVE: 8, SHAM: 7 },
  { diagnosis: 'more', ACTIVE: 5, SHAM: 6 },
  { diagnosis: 'few', ACTIVE: 1, SHAM: 4 },
] as const

function seed(masking: Protocol['masking']): void {
  study = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking })
  const people = GROUPS.flatMap(group =>
    (['ACTIVE', 'SHAM'] as const).flatMap(arm =>
      Array.from({ length: group[arm] }, () => ({ arm, diagnosis: group.diagnosis })),
    ),
  ).map((person, index) => ({ ...person, number: `MEL-${String(index + 1).padStart(3, '0')}` }))
  seedOutcomes(
    test.db,
    study,
    people.map(({ number, arm }) => ({
      ...{ number, arm, enrolledOn: '2024-01-10', allocatedOn: '2024-01-20', doses: { DOSE1: '2024-02-01' } },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: 7, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-01', forms: { nprs: { NPRS_AVG: 3, NPRS_WORST: 8 } } },
      },
    })),
  )
  const diagnose = test.sqlite.prepare(
    "UPDATE participants SET diagnosis = ?, sex = 'female' WHERE number = ?",
  )
  for (const { number, diagnosis } of people) diagnose.run(diagnosis, number)
}

let people = 0
type Role = 'coordinator' | 'investigator' | 'dataManager' | 'statistician'
const as = (role: Role) =>
  contextFor(test.db, seedUser(test.db, { role, study, name: `Person ${++people}` })) as never

const release = (level: ReleaseLevel) =>
  accepted(
    releaseResults(as('dataManager'), {
      ...{ study: study.code, level, audience: 'all', reason: 'Committee', confirmed: true },
    } as never),
  )

const looks = () =>
  test.sqlite.prepare("SELECT count(*) FROM audit_entries WHERE act = 'look'").pluck().get() as number

/** Every road to a result of one subgroup. */
function askAll(role: Role, subgroup: string) {
  const [factor = '', level = ''] = subgroup.split(':')
  const query = { study: study.code, view: { ...DEFAULT_ANALYSIS_VIEW, subgroup: { factor, level } } }
  const explained = accepted(readExplainAddress({ subgroup, parameter: 'NPRS_AVG', visit: 'M1' }))
  return {
    cohort: readCohort(as(role), query),
    summary: readSummary(as(role), query),
    page: readCohortView(as(role), study.code, { subgroup }),
    explain: explainNumber(as(role), study.code, explained),
  }
}
const offered = (role: Role, factor: string) =>
  accepted(readCohortView(as(role), study.code, {}))
    .offered.subgroups.find(each => each.factor === factor)
    ?.levels.map(({ level }) => level)

const CLOSED: readonly (readonly [Protocol['masking'], ReleaseLevel, Role])[] = [
  ['siteStaff', 'byArm', 'coordinator'],
  ['siteStaff', 'byArm', 'investigator'],
  ['siteStaff', 'armsMasked', 'statistician'],
  ['full', 'byArm', 'dataManager'],
  ['full', 'armsMasked', 'investigator'],
  ['participant', 'armsMasked', 'coordinator'],
  ['open', 'armsMasked', 'coordinator'],
]
const OPEN: readonly (readonly [Protocol['masking'], ReleaseLevel | null, Role])[] = [
  ['open', 'byArm', 'coordinator'],
  ['open', null, 'coordinator'],
  ['siteStaff', null, 'investigator'],
  ['siteStaff', 'byArm', 'dataManager'],
  ['full', null, 'dataManager'],
  ['full', null, 'statistician'],
]

describe('a subgroup of results by arm, for who may not know the arm of a participant', () => {
  for (const [masking, level, role] of CLOSED) {
    it(`is refused when small, by every road and before a look, masked “${masking}”, released “${level}”: ${role}`, () => {
      seed(masking)
      release(level)
      const before = looks()
      for (const value of ['diagnosis:few', 'diagnosis:more']) {
        for (const answer of Object.values(askAll(role, value)))
          expect(refused(answer)).toMatchObject({
            code: 'invalidInput',
            fields: [{ field: 'subgroup', value, text: expect.stringContaining('fewer than 5') }],
          })
      }
      expect(looks()).toBe(before)
      expect(offered(role, 'diagnosis')).toEqual(['most'])
      expect(offered(role, 'sex')).toEqual(['female'])
      for (const answer of Object.values(askAll(role, 'diagnosis:most'))) expect(answer.ok).toBe(true)
    })
  }

  it('names what is large enough, or says that nothing is', () => {
    seed('siteStaff')
    release('byArm')
    const text = (subgroup: string) => JSON.stringify(refused(askAll('investigator', subgroup).summary))
    expect(text('diagnosis:few')).toContain('Choose diagnosis:most, or leave the subgroup out.')
    test.sqlite.exec("UPDATE participants SET sex = 'male' WHERE number IN ('MEL-001', 'MEL-012')")
    expect(text('sex:female')).toContain('Choose a larger group, or leave the subgroup out.')
  })
})

describe('a small subgroup', () => {
  for (const [masking, level, role] of OPEN) {
    it(`is given pooled, or where arms are open, masked “${masking}”, released “${level}”: ${role}`, () => {
      seed(masking)
      if (level !== null) release(level)
      for (const answer of Object.values(askAll(role, 'diagnosis:few'))) expect(answer.ok).toBe(true)
      expect(offered(role, 'diagnosis')).toEqual(['few', 'more', 'most'])
    })
  }
})
