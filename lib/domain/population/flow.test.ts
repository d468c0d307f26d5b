import { describe, expect, it } from 'vitest'
import {
  BY_ARM,
  day,
  makeProtocol,
  makeScheduled,
  makeScore,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { PartialDate } from '@/lib/domain/shared/partial-date'
import { makeData, makeRecord, prepareFrom, TREATED } from './__fixtures__/population'
import { sumParts } from './counted-part'
import { computeFlow, type Flow } from './flow'
import type { PopulationData, ScreenedRecord } from './population-data'
import { deriveScreenedPeople } from './screened-people'

type Prepared = Parameters<typeof prepareFrom>

function flowOf(records: readonly ScreenedRecord[], protocol = TREATED, changes: Prepared[2] = {}): Flow {
  const data: PopulationData = makeData({
    people: records,
    noFurtherUse: 1,
    ...(changes.dataCut ? { dataCut: changes.dataCut } : {}),
  })
  const cohort = prepareFrom(records, protocol, changes)
  return computeFlow(cohort, protocol, deriveScreenedPeople(data), data.noFurtherUse)
}

const partsOf = (parts: readonly { code: string; k: number }[]) =>
  Object.fromEntries(parts.filter(({ k }) => k > 0).map(({ code, k }) => [code, k]))

/** Each box is the sum of its parts. */
function expectClosed(flow: Flow): void {
  expect(flow.assessed).toBe(flow.excluded + flow.inScreening + flow.enrolled)
  expect(flow.excluded).toBe(sumParts(flow.excludedFor))
  const allocated = flow.arms.reduce((sum, arm) => sum + arm.allocated, 0)
  if (flow.randomised === null) expect(allocated).toBe(flow.enrolled)
  else {
    expect(flow.enrolled).toBe(flow.randomised + (flow.notRandomised ?? Number.NaN))
    expect(flow.randomised).toBe(allocated + flow.outsideView)
  }
  for (const arm of flow.arms) {
    if (arm.received !== null) expect(arm.allocated).toBe(arm.received + sumParts(arm.notReceived))
    expect(arm.inSet).toBe(sumParts(arm.left) + arm.inFollowUp)
    for (const part of arm.left) expect(part.k).toBe(sumParts(part.causes))
    if (arm.analysis)
      expect(arm.inSet).toBe(arm.analysis.analysed + arm.analysis.notYetDue + sumParts(arm.analysis.missing))
  }
}

const dosed = (participant: number, ...dates: string[]) =>
  makeRecord(participant, { doseDates: dates.map(day) })
const left = (kind: 'followUp' | 'lost' | 'death', date: string, cause: string | null = null) => ({
  departures: [{ kind, date: date as PartialDate, cause }],
})

/** One failed and was rescreened, one failed two criteria, one declined, one left before the dose, one awaits it. */
const TEN: readonly ScreenedRecord[] = [
  makeRecord(1, { outcome: 'screenFailure', enrolledOn: null, failedCriteria: ['E1'] }),
  { ...dosed(2, '2024-03-01', '2024-09-01'), rescreenOf: 1 },
  makeRecord(3, { outcome: 'screenFailure', enrolledOn: null, failedCriteria: ['I1', 'E1'] }),
  makeRecord(4, { outcome: 'declined', enrolledOn: null }),
  makeRecord(5, { outcome: 'screenFailure', enrolledOn: null }),
  dosed(6, '2024-03-01'),
  { ...dosed(7, '2024-03-01'), ...left('lost', '2024-04', 'movedAway') },
  { ...dosed(8, '2024-03-01'), ...left('death', '2024-05-02') },
  makeRecord(9, left('followUp', '2024-02-01', 'burden')),
  makeRecord(10),
]
const SCORES = {
  schedule: [2, 6, 7, 8].map(id => makeScheduled(id, 'M3', '2024-05-01', '2024-06-30')),
  scores: [2, 7].map(id => makeScore(id, 'M3', 4, { parameter: 'NPRS_AVG', date: day('2024-06-01') })),
}

describe('the flow of a study of one arm', () => {
  const flow = flowOf(TEN, TREATED, { data: SCORES })

  it('counts a person who was screened again once, by the last screening', () => {
    expect(flow).toMatchObject({ assessed: 9, rescreened: 1, excluded: 3, enrolled: 6, inScreening: 0 })
  })

  it('tells why persons were excluded, each once, and which criteria they failed', () => {
    expect(partsOf(flow.excludedFor)).toEqual({ criteria: 1, declined: 1, other: 1 })
    expect(partsOf(flow.criteria)).toEqual({ I1: 1, E1: 1 })
  })

  it('follows those enrolled through doses, leaving and analysis', () => {
    const [arm] = flow.arms
    expect(arm).toMatchObject({ allocated: 6, received: 4, inSet: 4, inFollowUp: 2 })
    expect(partsOf(arm?.notReceived ?? [])).toEqual({ awaiting: 1, withdrawn: 1 })
    expect(arm?.laterDoses).toEqual([{ dose: 2, k: 1 }])
    expect(arm?.left).toEqual([
      { code: 'withdrawn', k: 0, causes: [] },
      { code: 'lost', k: 1, causes: [{ code: 'movedAway', k: 1 }] },
      { code: 'died', k: 1, causes: [{ code: 'notRecorded', k: 1 }] },
    ])
    expect(arm?.analysis).toEqual({
      parameter: 'NPRS_AVG',
      visit: 'M3',
      analysed: 2,
      notYetDue: 0,
      missing: [{ code: 'overdue', k: 2 }],
    })
  })

  it('names how many asked for no further use, in no box', () => {
    expect(flow.noFurtherUse).toBe(1)
  })

  it('closes: each box is the sum of its parts', () => {
    expectClosed(flow)
  })

  it('has not seen what is dated after the data cut', () => {
    const early = flowOf(TEN, TREATED, { dataCut: day('2024-03-31'), data: SCORES })
    expect(early.arms[0]).toMatchObject({ received: 4, inFollowUp: 4 })
    expect(early.arms[0]?.laterDoses).toEqual([{ dose: 2, k: 0 }])
    expect(early.arms[0]?.analysis).toMatchObject({ analysed: 0, notYetDue: 4 })
    expectClosed(early)
    const beforeAll = flowOf(TEN, TREATED, { dataCut: day('2023-12-31') })
    expect(beforeAll).toMatchObject({ assessed: 0, enrolled: 0 })
    expectClosed(beforeAll)
  })

  it('holds a person between screening and enrolment apart', () => {
    const flow = flowOf([makeRecord(1, { enrolledOn: day('2024-02-01') })], TREATED, {
      dataCut: day('2024-01-15'),
    })
    expect(flow).toMatchObject({ assessed: 1, inScreening: 1, enrolled: 0, excluded: 0 })
    expectClosed(flow)
  })
})

describe.each([2, 3, 4])('the flow of a randomised study of %i arms', count => {
  const arms = ['A', 'B', 'C', 'D'].slice(0, count).map(code => ({ code, name: `Arm ${code}`, ratio: 1 }))
  const protocol = { ...TREATED, arms }
  const records = [
    ...TEN,
    ...Array.from({ length: 8 }, (_, index) => dosed(20 + index, '2024-03-01')),
    makeRecord(40, { allocated: false, allocatedOn: null }),
  ]
  const armOf = (participant: number) => arms[participant % count]?.code ?? 'A'
  const flow = flowOf(records, protocol, { data: SCORES, armOf })

  it('parts the randomised among the arms, never treated included, and closes', () => {
    expect(flow.arms.map(arm => arm.arm)).toEqual(arms.map(arm => arm.code))
    expect(flow).toMatchObject({ enrolled: 15, randomised: 14, notRandomised: 1, outsideView: 0 })
    expectClosed(flow)
  })

  it('tells no dose by arm where arms are masked', () => {
    const masking = { participantArms: false, resultsByArm: true, armsNamed: false }
    const masked = flowOf(records, protocol, { data: SCORES, armOf, masking })
    expect(masked.arms.map(arm => [arm.received, arm.laterDoses])).toEqual(arms.map(() => [null, []]))
    expect(
      masked.arms
        .flatMap(arm => arm.left.flatMap(part => part.causes))
        .every(({ code }) => code === 'masked'),
    ).toBe(true)
    expectClosed(masked)
  })

  it('is of everybody together where results by arm are closed', () => {
    const masking = { ...BY_ARM, resultsByArm: false, armsNamed: false }
    const pooled = flowOf(records, protocol, { data: SCORES, masking, armOf })
    expect(pooled.arms.map(arm => arm.arm)).toEqual(['ALL'])
    expect(pooled.arms[0]?.allocated).toBe(14)
    expectClosed(pooled)
  })
})

describe('the flow of a study without treatments', () => {
  it('has no boxes of doses and analyses the enrolled', () => {
    const flow = flowOf([makeRecord(1), makeRecord(2)], makeProtocol())
    expect(flow.arms[0]).toMatchObject({ allocated: 2, received: null, laterDoses: [], inSet: 2 })
    expectClosed(flow)
  })
})
