import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ExportDesk, makeExporter, openExportDesk } from '@/db/testing/export-desk'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import type { ReleaseAudience, ReleaseLevel } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type Cohort, readCohort, readSummary } from './cohort'
import { exportStudy } from './exports'
import { concealArms } from './masked-arms'
import { releaseResults, withdrawRelease } from './releases'

let desk: ExportDesk
let study: SeededStudy
beforeEach(() => {
  desk = openExportDesk()
})
afterEach(() => desk.close())

const { exported, text } = makeExporter(exportStudy, () => ({ desk, study }))

/** Names that occur nowhere else, so that one in a result means that an arm or a treatment was told. */
const TELLING = /QUARTZ|BASALT|Schist|GIVEN1|Zircon/
const SUBJECT = /MEL-\d|SYD-\d/

/** Six in one arm and five in the other, so that no arm is too small to stand by itself. */
const PEOPLE = [
  ...Array.from({ length: 3 }, () => ({ site: 'MEL', baseline: 7, after: 6 })),
  ...Array.from({ length: 3 }, () => ({ site: 'MEL', baseline: 6, after: 4 })),
  ...Array.from({ length: 5 }, () => ({ site: 'SYD', baseline: 8, after: 5 })),
]

function seed(masking: Protocol['masking'], code = 'TWOARM'): void {
  study = seedStudy(desk.test.db, {
    ...TWO_ARM_PROTOCOL,
    study: { ...TWO_ARM_PROTOCOL.study, code },
    masking,
    arms: [
      { code: 'QUARTZ', name: 'Schist one', ratio: 2 },
      { code: 'BASALT', name: 'Schist two', ratio: 1 },
    ],
    treatments: [{ code: 'GIVEN1', name: 'Zircon injection', condition: 'Zircon arm only' }],
  })
  seedOutcomes(
    desk.test.db,
    study,
    PEOPLE.map(({ site, baseline, after }, index) => ({
      number: `${site}-0${10 + index}`,
      site,
      enrolledOn: '2024-01-10',
      arm: site === 'MEL' ? 'QUARTZ' : 'BASALT',
      allocatedOn: '2024-02-01',
      doses: { GIVEN1: '2024-02-01' },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: baseline, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-01', forms: { nprs: { NPRS_AVG: after, NPRS_WORST: 7 } } },
      },
    })),
  )
}

const MASKINGS = ['open', 'participant', 'siteStaff', 'full'] as const
const ROLES = ['coordinator', 'investigator', 'dataManager', 'statistician'] as const
type Role = (typeof ROLES)[number]

let people = 0
const as = (role: Role) =>
  contextFor(desk.test.db, seedUser(desk.test.db, { role, study, name: `Person ${++people}` }))

function release(level: ReleaseLevel, audience: ReleaseAudience): void {
  const said = { study: study.code, reason: 'Committee', confirmed: true }
  expect(releaseResults(as('dataManager'), { ...said, level, audience })).toEqual({ ok: true, value: null })
}

function withdrawAll(): void {
  const ids = desk.test.sqlite.prepare('SELECT id FROM result_releases WHERE voided_at IS NULL').pluck().all()
  for (const id of ids) {
    const said = { study: study.code, reason: 'Over', confirmed: true, version: 1 }
    expect(withdrawRelease(as('dataManager'), { ...said, release: Number(id) }).ok).toBe(true)
  }
}

const lock = () =>
  desk.test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")

function cohortOf(role: Role): Cohort {
  const cohort = readCohort(as(role), { study: study.code })
  if (!cohort.ok) throw new Error(cohort.error.code)
  return cohort.value
}

const armsOf = ({ summary }: Pick<Cohort, 'summary'>) => summary.parameters[0]?.arms.map(({ arm }) => arm)

/** States of a study in the order of the columns below. */
const STATES: readonly (readonly [string, () => void])[] = [
  ['closed', () => {}],
  ['masked arms released to statisticians', () => release('armsMasked', 'statistician')],
  ['masked arms released to all', () => release('armsMasked', 'all')],
  ['named arms released to statisticians', () => release('byArm', 'statistician')],
  ['named arms released to all', () => release('byArm', 'all')],
  [
    'released and withdrawn',
    () => {
      release('byArm', 'all')
      withdrawAll()
    },
  ],
  ['locked', lock],
]

/**
 * By hand from clinical.md §3 (interim results) and the roles table of trust.md. `0` pooled, `M` masked arms, `R` named
 * arms and no participant, `I` named arms with participants.
 */
const EXPECTED: Readonly<Record<(typeof MASKINGS)[number], Readonly<Record<Role, string>>>> = {
  open: { coordinator: '00M0I0I', investigator: '00M0I0I', dataManager: 'IIIIIII', statistician: 'IIIIIII' },
  participant: {
    coordinator: '00M0I0I',
    investigator: '00M0I0I',
    dataManager: 'IIIIIII',
    statistician: '0MMRR0I',
  },
  siteStaff: {
    coordinator: '00M0R0R',
    investigator: '00M0R0R',
    dataManager: 'IIIIIII',
    statistician: '0MMRR0I',
  },
  full: { coordinator: '00M0R0R', investigator: '00M0R0R', dataManager: '00M0R0I', statistician: '0MMRR0I' },
}

describe('what a reader of results is handed, in page data, summary and exports', () => {
  for (const masking of MASKINGS) {
    STATES.forEach(([state, bring], column) => {
      it(`of a study masked “${masking}”, ${state}, tells each role no more than it may know`, () => {
        seed(masking)
        bring()
        for (const role of ROLES) {
          const expected = EXPECTED[masking][role][column]
          const cohort = cohortOf(role)
          const summary = readSummary(as(role), { study: study.code })
          // The protocol of a pooled result is the public one, and stands beside no arm.
          const { protocol, ...shown } = cohort
          const handed = JSON.stringify([shown, summary, expected === 'M' ? protocol : null])
          expect(TELLING.test(handed), `${role} names`).toBe(expected === 'R' || expected === 'I')
          expect(SUBJECT.test(handed), `${role} participants`).toBe(expected === 'I')
          const arms = { 0: ['ALL'], M: ['A', 'B'], R: ['QUARTZ', 'BASALT'], I: ['QUARTZ', 'BASALT'] }
          expect(armsOf(cohort), role).toEqual(arms[expected as keyof typeof arms])
          expect(summary.ok && armsOf({ summary: summary.value }), role).toEqual(armsOf(cohort))
          expect(cohort).toMatchObject({ isPooled: expected === '0', armsMasked: expected === 'M' })
          const manifest = exported({}, as(role).actor)
          expect(manifest.arms, role).toBe(expected === 'I' ? 'shown' : 'withheld')
          if (expected === 'I') continue
          for (const { name } of manifest.files) {
            expect(name).not.toMatch(TELLING)
            // The codebook explains the treatments of the public protocol, and holds nobody's.
            const telling = name === 'codebook.csv' ? /QUARTZ|BASALT|Schist/ : TELLING
            expect(text(name), name).not.toMatch(telling)
          }
        }
      })
    })
  }
})

describe('masked arms', () => {
  it('hold the results of the arms, contrasted in the order of the letters, without planned ratios', () => {
    seed('siteStaff')
    release('armsMasked', 'statistician')
    const masked = cohortOf('statistician')
    const named = cohortOf('dataManager')
    const meansOf = ({ summary }: Cohort) =>
      summary.parameters[0]?.arms.map(arm => `${arm.inSet} ${arm.visits[1]?.mean}`)
    expect(meansOf(named)).toEqual(['6 5', '5 5'])
    expect(meansOf(masked)?.toSorted()).toEqual(meansOf(named)?.toSorted())
    expect(masked.summary.parameters[0]?.arms.map(({ label }) => label)).toEqual(['Arm A', 'Arm B'])
    expect(masked.summary.parameters[0]?.contrasts[0]?.arms).toEqual(['A', 'B'])
    expect(masked.protocol.arms.map(({ ratio }) => ratio)).toEqual([1, 1])
    expect(masked.protocol.treatments.map(({ name }) => name)).toEqual(['Dose 1'])
    expect(masked.members).toBeNull()
    expect(masked.trajectories.flatMap(({ lines }) => lines)).toEqual([])
    expect(masked.summary.parameters[0]).not.toHaveProperty('individuals')
  })

  it('are the same for every reader, and again after another release', () => {
    seed('full')
    release('armsMasked', 'all')
    const sizes = (role: Role) => cohortOf(role).summary.parameters[0]?.arms.map(({ inSet }) => inSet)
    const first = sizes('statistician')
    for (const role of ROLES) expect(sizes(role)).toEqual(first)
    withdrawAll()
    release('armsMasked', 'all')
    expect(sizes('investigator')).toEqual(first)
  })

  it('follow a key of the study and not the order of its protocol', () => {
    seed('siteStaff')
    release('armsMasked', 'statistician')
    const { protocol } = study
    const data = { participants: [], schedule: [], scores: [], missedVisits: [] }
    const [first] = desk.test.sqlite.prepare('SELECT key FROM masking_keys').pluck().all()
    expect(String(first)).toHaveLength(43)
    const view = { participantArms: false, resultsByArm: true, armsNamed: false }
    const someone = { ...cohortParticipant(), arm: 'QUARTZ' }
    const letters = Array.from({ length: 20 }, (_, index) => {
      desk.test.sqlite.prepare('UPDATE masking_keys SET key = ?').run(`key ${index}`)
      const open = { study: { id: study.id, code: study.code }, view } as Parameters<typeof concealArms>[1]
      return concealArms(desk.test.db, open, { protocol, data: { ...data, participants: [someone] } }).data
        .participants[0]?.arm
    })
    expect(new Set(letters)).toEqual(new Set(['A', 'B']))
  })

  it('have their key in no audit, and who reads the audit learns no order', () => {
    seed('siteStaff')
    release('armsMasked', 'all')
    const key = String(desk.test.sqlite.prepare('SELECT key FROM masking_keys').pluck().get())
    const audit = JSON.stringify(desk.test.sqlite.prepare('SELECT * FROM audit_entries').all())
    expect(audit).not.toContain(key)
    expect(audit).not.toContain('masking_keys')
  })
})

function cohortParticipant() {
  return {
    participant: 1,
    subject: 'MEL-001',
    site: 'MEL',
    enrolled: true,
    enrolledOn: null,
    allocated: true,
    allocatedOn: null,
    dayZero: null,
    doses: [],
    rescues: [],
    followUpEnd: null,
    sex: null,
    ageAtConsent: null,
    diagnosis: null,
    imported: false,
  }
}
