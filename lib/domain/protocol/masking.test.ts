import { describe, expect, it } from 'vitest'
import { nameDose, withDoseNames } from './dose-name'
import {
  deriveMaskingView,
  deriveMostRestrictiveView,
  findOpeningRelease,
  hasMaskedArms,
  type MaskingView,
  mayNameArms,
  mayReasonTellArm,
  mayTellArm,
  type Release,
} from './masking'

/**
 * Written out from clinical.md §3 (results by arm are closed to site roles until lock or a recorded release, whatever the
 * masking) and the table of roles in trust.md (statistician: blinded unless unblinded by a recorded act; a blinded role
 * never receives an allocation). Each cell: before lock, after lock; `P` the arm of a participant, `R` results by arm,
 * `-` neither.
 */
const EXPECTED = {
  coordinator: { open: 'P PR', participant: 'P PR', siteStaff: '- R', full: '- R' },
  investigator: { open: 'P PR', participant: 'P PR', siteStaff: '- R', full: '- R' },
  monitor: { open: 'P PR', participant: 'P PR', siteStaff: '- R', full: '- R' },
  dataManager: { open: 'PR PR', participant: 'PR PR', siteStaff: 'PR PR', full: '- PR' },
  statistician: { open: 'PR PR', participant: '- PR', siteStaff: '- PR', full: '- PR' },
  administrator: { open: '- -', participant: '- -', siteStaff: '- -', full: '- -' },
  operator: { open: 'PR PR', participant: 'PR PR', siteStaff: 'PR PR', full: 'PR PR' },
} as const

/**
 * The same before lock under a release: masked arms to statisticians, masked to all, named to statisticians, named to
 * all. `M` results by masked arms.
 */
const RELEASED = {
  coordinator: { open: 'P PM P PR', participant: 'P PM P PR', siteStaff: '- M - R', full: '- M - R' },
  investigator: { open: 'P PM P PR', participant: 'P PM P PR', siteStaff: '- M - R', full: '- M - R' },
  monitor: { open: 'P PM P PR', participant: 'P PM P PR', siteStaff: '- M - R', full: '- M - R' },
  dataManager: {
    open: 'PR PR PR PR',
    participant: 'PR PR PR PR',
    siteStaff: 'PR PR PR PR',
    full: '- M - R',
  },
  statistician: { open: 'PR PR PR PR', participant: 'M M R R', siteStaff: 'M M R R', full: 'M M R R' },
  administrator: { open: '- - - -', participant: '- - - -', siteStaff: '- - - -', full: '- - - -' },
  operator: {
    open: 'PR PR PR PR',
    participant: 'PR PR PR PR',
    siteStaff: 'PR PR PR PR',
    full: 'PR PR PR PR',
  },
} as const

const MASKINGS = ['open', 'participant', 'siteStaff', 'full'] as const

const RELEASES: readonly Release[] = [
  { level: 'armsMasked', audience: 'statistician' },
  { level: 'armsMasked', audience: 'all' },
  { level: 'byArm', audience: 'statistician' },
  { level: 'byArm', audience: 'all' },
]
const [MASKED_TO_STATISTICIAN, MASKED_TO_ALL, NAMED_TO_STATISTICIAN] = RELEASES as [Release, Release, Release]

function show({ participantArms, resultsByArm, armsNamed }: MaskingView): string {
  const results = resultsByArm ? (armsNamed ? 'R' : 'M') : ''
  return `${participantArms ? 'P' : ''}${results}` || '-'
}

const NOTHING = { participantArms: false, resultsByArm: false, armsNamed: false }

describe('who may learn an arm in a study with several', () => {
  for (const [role, cells] of Object.entries(EXPECTED)) {
    for (const masking of MASKINGS) {
      it(`${role}, ${masking}: ${cells[masking]}`, () => {
        const views = [false, true].map(locked =>
          deriveMaskingView({ masking, arms: 2, locked, releases: [] }, role),
        )
        expect(views.map(show).join(' ')).toBe(cells[masking])
      })
    }
  }

  for (const [role, cells] of Object.entries(RELEASED)) {
    for (const masking of MASKINGS) {
      it(`${role}, ${masking}, under each release: ${cells[masking]}`, () => {
        const views = RELEASES.map(release =>
          deriveMaskingView({ masking, arms: 2, locked: false, releases: [release] }, role),
        )
        expect(views.map(show).join(' ')).toBe(cells[masking])
      })
    }
  }

  it('is after lock the same under any release', () => {
    for (const masking of MASKINGS)
      for (const role of Object.keys(EXPECTED))
        expect(deriveMaskingView({ masking, arms: 2, locked: true, releases: RELEASES }, role)).toEqual(
          deriveMaskingView({ masking, arms: 2, locked: true, releases: [] }, role),
        )
  })

  it('is by the furthest of several releases', () => {
    const study = { masking: 'full', arms: 2, locked: false, releases: RELEASES.slice(0, 3) } as const
    expect(show(deriveMaskingView(study, 'statistician'))).toBe('R')
    expect(show(deriveMaskingView(study, 'investigator'))).toBe('M')
  })

  it('is everybody where there is one arm, since nothing is hidden', () => {
    for (const masking of MASKINGS)
      for (const role of Object.keys(EXPECTED))
        expect(deriveMaskingView({ masking, arms: 1, locked: false, releases: [] }, role)).toEqual({
          participantArms: true,
          resultsByArm: true,
          armsNamed: true,
        })
  })

  it('keeps closed what one of several roles closes, in whatever order they come', () => {
    const study = { masking: 'siteStaff', arms: 2, locked: false, releases: [] } as const
    for (const roles of [
      ['dataManager', 'coordinator'],
      ['coordinator', 'dataManager'],
    ])
      expect(deriveMostRestrictiveView(study, roles)).toEqual(NOTHING)
    expect(deriveMostRestrictiveView(study, [])).toEqual(NOTHING)
    const released = { ...study, releases: [NAMED_TO_STATISTICIAN] }
    expect(deriveMostRestrictiveView(released, ['statistician', 'coordinator'])).toEqual(NOTHING)
    const both = { ...study, releases: [NAMED_TO_STATISTICIAN, MASKED_TO_ALL] }
    expect(show(deriveMostRestrictiveView(both, ['statistician', 'coordinator']))).toBe('M')
  })

  it('names the release that opened a result, the first that opens as much, and none where none was needed', () => {
    const study = { masking: 'siteStaff', arms: 2, locked: false, releases: RELEASES } as const
    const masked = { ...study, releases: [MASKED_TO_STATISTICIAN, MASKED_TO_ALL] }
    expect(findOpeningRelease(masked, ['statistician'])).toBe(MASKED_TO_STATISTICIAN)
    expect(findOpeningRelease(masked, ['investigator'])).toBe(MASKED_TO_ALL)
    expect(findOpeningRelease(study, ['statistician'])).toBe(NAMED_TO_STATISTICIAN)
    expect(findOpeningRelease(study, ['dataManager'])).toBeNull()
    expect(findOpeningRelease({ ...study, locked: true }, ['statistician'])).toBeNull()
    expect(findOpeningRelease({ ...masked, releases: [MASKED_TO_STATISTICIAN] }, ['investigator'])).toBeNull()
  })

  it('names arms and treatments in the data of a result only where both are open', () => {
    const view = { participantArms: true, resultsByArm: true, armsNamed: true }
    expect([mayNameArms(view), hasMaskedArms(view)]).toEqual([true, false])
    expect([mayNameArms(NOTHING), hasMaskedArms(NOTHING)]).toEqual([false, false])
    const masked = { ...view, armsNamed: false }
    expect([mayNameArms(masked), hasMaskedArms(masked)]).toEqual([false, true])
  })
})

describe('to a reader who may not know arms', () => {
  const masked = { participantArms: false, resultsByArm: false, armsNamed: false }
  const open = { participantArms: true, resultsByArm: true, armsNamed: true }
  const protocol = {
    treatments: [
      { code: 'CELLS', name: 'Cell injection' },
      { code: 'SALINE', name: 'Saline injection' },
    ],
  }

  it('a dose is known by its place in the order of giving, never by what it was', () => {
    expect(nameDose(protocol, masked, 'SALINE', ['SALINE'])).toBe('Dose 1')
    expect(nameDose(protocol, masked, 'CELLS', ['SALINE'])).toBe('Dose 2')
    expect(nameDose(protocol, open, 'SALINE', ['SALINE'])).toBe('Saline injection')
    expect(JSON.stringify(withDoseNames(protocol, masked, ['SALINE']))).not.toMatch(/injection/)
    expect(withDoseNames(protocol, open, [])).toBe(protocol)
  })

  it('the whole allocation is withheld, and of a dose what tells the treatment', () => {
    expect(mayTellArm(masked, 'allocations', null)).toBe(true)
    expect(mayTellArm(masked, 'treatments', null)).toBe(false)
    for (const field of [
      'plan',
      'conditionMet',
      'voidReason',
      'confirmations.earlyDose:SALINE',
      'details.PRODUCT',
    ])
      expect(mayTellArm(masked, 'treatments', field), field).toBe(true)
    expect(mayTellArm(masked, 'treatments', 'givenOn')).toBe(false)
    expect(mayTellArm(masked, 'assessments', 'confirmations.total')).toBe(false)
    expect(mayTellArm(open, 'allocations', null)).toBe(false)
  })

  it('the reason of any change of an allocation or a dose is withheld, since it may name what was given', () => {
    expect(['allocations', 'treatments'].map(entity => mayReasonTellArm(masked, entity))).toEqual([
      true,
      true,
    ])
    expect(['assessments', null].map(entity => mayReasonTellArm(masked, entity))).toEqual([false, false])
    expect(mayReasonTellArm(open, 'treatments')).toBe(false)
  })
})
