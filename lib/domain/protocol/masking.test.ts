import { describe, expect, it } from 'vitest'
import { nameDose, withDoseNames } from './dose-name'
import { deriveMaskingView, deriveMostRestrictiveView, mayReasonTellArm, mayTellArm } from './masking'

/**
 * Written out from clinical.md §3 (results by arm are closed to site roles until lock, whatever the masking) and the
 * table of roles in trust.md (statistician: blinded unless unblinded by a recorded act; a blinded role never receives an
 * allocation). Each cell: before lock, after lock; `P` the arm of a participant, `R` results by arm, `-` neither.
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

const MASKINGS = ['open', 'participant', 'siteStaff', 'full'] as const

describe('who may learn an arm in a study with several', () => {
  for (const [role, cells] of Object.entries(EXPECTED)) {
    for (const masking of MASKINGS) {
      it(`${role}, ${masking}: ${cells[masking]}`, () => {
        const show = (locked: boolean) => {
          const view = deriveMaskingView({ masking, arms: 2, locked }, role)
          return `${view.participantArms ? 'P' : ''}${view.resultsByArm ? 'R' : ''}` || '-'
        }
        expect(`${show(false)} ${show(true)}`).toBe(cells[masking])
      })
    }
  }

  it('is everybody where there is one arm, since nothing is hidden', () => {
    for (const masking of MASKINGS)
      for (const role of Object.keys(EXPECTED))
        expect(deriveMaskingView({ masking, arms: 1, locked: false }, role)).toEqual({
          participantArms: true,
          resultsByArm: true,
        })
  })

  it('keeps closed what one of several roles closes, in whatever order they come', () => {
    const study = { masking: 'siteStaff', arms: 2, locked: false } as const
    for (const roles of [
      ['dataManager', 'coordinator'],
      ['coordinator', 'dataManager'],
    ])
      expect(deriveMostRestrictiveView(study, roles)).toEqual({ participantArms: false, resultsByArm: false })
    expect(deriveMostRestrictiveView(study, [])).toEqual({ participantArms: false, resultsByArm: false })
  })
})

describe('to a reader who may not know arms', () => {
  const masked = { participantArms: false, resultsByArm: false }
  const open = { participantArms: true, resultsByArm: true }
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
