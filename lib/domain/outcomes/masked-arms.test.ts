import { describe, expect, it } from 'vitest'
import { makeCohort, makeProtocol, POOLED } from './__fixtures__/cohort'
import { deriveArmLetters, formatArmLetter, maskArms } from './masked-arms'
import { deriveReportedArms, namesParticipants } from './reported-arms'

const MASKED = { participantArms: true, resultsByArm: true, armsNamed: false }
const protocol = makeProtocol({
  arms: ['QUARTZ', 'BASALT', 'GRANITE'].map((code, index) => ({ code, name: `Rock ${code}`, ratio: index })),
  treatments: [
    {
      code: 'GIVEN1',
      name: 'Zircon',
      dose: { value: 18, unit: 'million cells' },
      route: 'intradiscal',
      condition: 'Zircon only',
      cellProduct: true,
    },
    { code: 'GIVEN2', name: 'Beryl', optional: true, notBefore: { value: 6, unit: 'months' } },
  ],
})
const data = makeCohort([[6], [5], [4], [3]], index => ({
  arm: ['QUARTZ', 'BASALT', 'OTHER', null][index] ?? null,
  doses: [{ treatment: 'GIVEN1', date: null }],
}))
const letters = deriveArmLetters(['BASALT', 'GRANITE', 'QUARTZ'])
const masked = maskArms({ protocol, data }, letters)

describe('a study with masked arms', () => {
  it('has its arms in the order of the letters, without names, ratios or what is given', () => {
    expect(masked.protocol.arms).toEqual(
      ['A', 'B', 'C'].map(code => ({ code, name: `Arm ${code}`, ratio: 1 })),
    )
    expect(masked.protocol.treatments).toEqual([
      { code: 'dose1', name: 'Dose 1', optional: undefined, notBefore: undefined },
      { code: 'dose2', name: 'Dose 2', optional: true, notBefore: { value: 6, unit: 'months' } },
    ])
    expect(JSON.stringify(masked)).not.toMatch(/QUARTZ|BASALT|GRANITE|Rock|GIVEN|Zircon|Beryl|cells|discal/)
  })

  it('has each participant under the letter of their arm, and none under an arm that has no letter', () => {
    expect(masked.data.participants.map(({ arm }) => arm)).toEqual(['C', 'A', null, null])
    const set = { name: 'randomised' as const, members: masked.data.participants }
    expect(deriveReportedArms(masked.protocol, set, MASKED)).toEqual([
      { code: 'A', label: 'Arm A', members: [1] },
      { code: 'B', label: 'Arm B', members: [] },
      { code: 'C', label: 'Arm C', members: [0] },
    ])
  })
})

describe('a result by masked arms', () => {
  const set = { name: 'randomised' as const, members: data.participants }

  it('names no arm even of a study that was handed over as it is', () => {
    expect(deriveReportedArms(protocol, set, MASKED).map(({ code, label }) => `${code} ${label}`)).toEqual([
      'A Arm A',
      'B Arm B',
      'C Arm C',
    ])
  })

  it('names no participant, whoever may know the arm of one', () => {
    expect(namesParticipants(protocol, MASKED)).toBe(false)
    expect(namesParticipants(protocol, POOLED)).toBe(false)
    expect(namesParticipants(protocol, { ...MASKED, armsNamed: true })).toBe(true)
  })
})

it('letters go on as numbers after Z', () => {
  expect([0, 25, 26].map(formatArmLetter)).toEqual(['A', 'Z', '27'])
})
