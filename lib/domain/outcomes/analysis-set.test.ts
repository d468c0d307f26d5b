import { describe, expect, it } from 'vitest'
import { day, makeParticipant, makeProtocol, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { deriveAnalysisSet } from '@/lib/domain/outcomes/analysis-set'

const treatments = [{ code: 'DOSE', name: 'Dose' }]
const dose = { treatment: 'DOSE', date: null }
const subjects = (...args: Parameters<typeof deriveAnalysisSet>) => {
  const { name, members } = deriveAnalysisSet(...args)
  return [name, ...members.map(member => member.subject)]
}

describe('deriveAnalysisSet', () => {
  it('takes the randomised with several arms, the never treated among them', () => {
    const participants = [
      makeParticipant(2, { arm: 'B' }),
      makeParticipant(1, { arm: 'A', doses: [dose] }),
      makeParticipant(3, { arm: null, allocated: false }),
    ]
    expect(subjects(makeProtocol({ arms: THREE_ARMS, treatments }), participants)).toEqual([
      'randomised',
      'MEL-001',
      'MEL-002',
    ])
  })

  it('knows the randomised where the arm is hidden', () => {
    const hidden = makeParticipant(1, { arm: null, allocated: true })
    expect(subjects(makeProtocol({ arms: THREE_ARMS }), [hidden])).toEqual(['randomised', 'MEL-001'])
  })

  it('takes the treated in a study of one arm, an undated dose included', () => {
    const participants = [makeParticipant(1, { doses: [dose] }), makeParticipant(2)]
    expect(subjects(makeProtocol({ treatments }), participants)).toEqual(['treated', 'MEL-001'])
  })

  it('takes the enrolled in a study of one arm without treatments, screen failures left out', () => {
    const participants = [makeParticipant(1), makeParticipant(2, { enrolled: false })]
    expect(subjects(makeProtocol(), participants)).toEqual(['enrolled', 'MEL-001'])
  })

  it('keeps who left', () => {
    const left = makeParticipant(1, { followUpEnd: { date: day('2024-03-01'), reason: 'withdrawn' } })
    expect(subjects(makeProtocol(), [left])).toEqual(['enrolled', 'MEL-001'])
  })
})
