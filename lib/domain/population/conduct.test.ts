import { describe, expect, it } from 'vitest'
import { day, makeProtocol, makeScheduled, makeScore } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { type AnalysisView, DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { PartialDate } from '@/lib/domain/shared/partial-date'
import { makeData, makeRecord, prepareFrom, TREATED } from './__fixtures__/population'
import { computeEnrolment } from './enrolment'
import { computeEntryDelay } from './entry-delay'
import { countReceivedForms } from './received-forms'
import { deriveScreenedPeople } from './screened-people'

describe('enrolment', () => {
  const people = [
    makeRecord(1, {
      screenedOn: day('2024-05-01'),
      enrolledOn: day('2024-05-03'),
      doseDates: [day('2024-07-01')],
    }),
    makeRecord(2, { screenedOn: day('2024-05-20'), enrolledOn: day('2024-05-28') }),
    makeRecord(3, {
      screenedOn: day('2024-06-01'),
      enrolledOn: day('2024-06-02'),
      doseDates: [day('2024-07-30')],
    }),
    makeRecord(4, { screenedOn: day('2024-06-03'), enrolledOn: null, outcome: 'declined' }),
    makeRecord(5, { screenedOn: null, enrolledOn: null }),
  ]
  const enrolmentAt = (cut: string) => {
    const dataCut = day(cut)
    return computeEnrolment(
      { ...TREATED, study: { ...TREATED.study, plannedParticipants: 10 } },
      deriveScreenedPeople({ people, dataCut }),
      dataCut,
    )
  }

  it('adds up by calendar month, a month without anybody included', () => {
    expect(enrolmentAt('2024-08-15').months).toEqual([
      { month: '2024-05', screened: 2, enrolled: 2, treated: 0 },
      { month: '2024-06', screened: 4, enrolled: 3, treated: 0 },
      { month: '2024-07', screened: 4, enrolled: 3, treated: 2 },
      { month: '2024-08', screened: 4, enrolled: 3, treated: 2 },
    ])
  })

  it('counts who has no date apart, beside the target of the protocol', () => {
    expect(enrolmentAt('2024-08-15')).toMatchObject({
      planned: 10,
      undated: { screened: 1, enrolled: 1, treated: 0 },
    })
  })

  it('ends at the data cut', () => {
    expect(enrolmentAt('2024-05-27').months).toEqual([
      { month: '2024-05', screened: 2, enrolled: 1, treated: 0 },
    ])
    expect(enrolmentAt('2023-01-01').months).toEqual([])
  })
})

describe('the time from visit to entry', () => {
  const visit = (participant: number, date: string | null, enteredOn: string | null, isMissed = false) => ({
    participant,
    visit: 'M1',
    date: date === null ? null : day(date),
    enteredOn: enteredOn === null ? null : day(enteredOn),
    isMissed,
  })
  const data = makeData({
    people: [makeRecord(1), makeRecord(2, { site: 'SYD' })],
    dataCut: day('2024-12-31'),
    visits: [
      visit(1, '2024-03-01', '2024-03-01'),
      visit(1, '2024-03-01', '2024-03-04'),
      visit(1, '2024-03-01', '2024-03-13'),
      visit(2, '2024-03-01', '2024-05-01'),
      visit(2, '2024-03-01', null),
      visit(2, null, '2024-03-01'),
      visit(2, null, '2024-03-01', true),
      visit(1, '2025-01-01', '2025-01-01'),
    ],
  })

  // By hand, and R: quantile(c(0, 3, 12), type = 7) → 0 1.5 3 7.5 12.
  it('is described by site, imports and undated visits apart', () => {
    const delay = computeEntryDelay(data)
    expect(
      delay.sites.map(({ site, n, median, q1, q3, max, within7 }) => [site, n, median, q1, q3, max, within7]),
    ).toEqual([
      ['MEL', 3, 3, 1.5, 7.5, 12, 2],
      ['SYD', 1, 61, 61, 61, 61, 0],
    ])
    expect(delay).toMatchObject({ imported: 1, undated: 1, overall: { n: 4 } })
    expect(delay.sites[0]?.spread.map(({ k }) => k)).toEqual([1, 1, 1, 0, 0])
  })

  it('tells sites at which the reader does not work together', () => {
    const delay = computeEntryDelay({ ...data, ownSites: ['MEL'] })
    expect(delay.sites.map(({ site, n }) => [site, n])).toEqual([
      ['MEL', 3],
      ['other', 1],
    ])
  })

  it('says so where nothing was entered', () => {
    expect(computeEntryDelay(makeData()).overall).toMatchObject({
      n: 0,
      median: null,
      medianReason: 'noValues',
      within7: null,
    })
  })
})

describe('forms received', () => {
  const protocol = {
    ...makeProtocol(),
    forms: [{ code: 'EXAM', label: 'Examination', repeating: false, fields: [] }],
    visits: TREATED.visits.map(visit => (visit.code === 'BL' ? { ...visit, forms: ['EXAM'] } : visit)),
  }
  const people = [1, 2, 3].map(id => makeRecord(id))
  people[2] = makeRecord(3, {
    departures: [{ kind: 'lost', date: '2024-02-20' as PartialDate, cause: null }],
  })
  const schedule = [1, 2, 3].map(id => makeScheduled(id, 'M1', '2024-03-01', '2024-03-20'))
  const scores = [makeScore(1, 'M1', 3, { parameter: 'NPRS_WORST', date: day('2024-03-02') })]
  const countAt = (cut: string, view: AnalysisView = DEFAULT_ANALYSIS_VIEW) => {
    const dataCut = day(cut)
    const cohort = prepareFrom(people, protocol, { data: { schedule, scores }, dataCut, view })
    return countReceivedForms(
      cohort,
      protocol,
      makeData({
        dataCut,
        receipts: [{ participant: 1, visit: 'BL', form: 'EXAM', date: day('2024-02-01') }],
        unscoredWindows: [1, 2].map(participant => ({
          participant,
          visit: 'BL',
          windowEnd: day('2024-02-28'),
        })),
      }),
    )
  }
  const cell = (counted: ReturnType<typeof countAt>, form: string, visit: string) =>
    counted.forms.find(each => each.form === form)?.visits.find(each => each.visit === visit)

  it('depends on no view: what is filled in was not received, what is left out was', () => {
    for (const missingData of ['bocf', 'worstCase'] as const)
      expect(countAt('2024-04-01', { ...DEFAULT_ANALYSIS_VIEW, missingData })).toEqual(countAt('2024-04-01'))
    const inWindowOnly = { ...DEFAULT_ANALYSIS_VIEW, inWindowOnly: true }
    expect(countAt('2024-04-01', inWindowOnly)).toEqual(countAt('2024-04-01'))
  })

  it('expects everyone whose window has closed, and tells those still in follow-up apart', () => {
    expect(cell(countAt('2024-04-01'), 'nprs', 'M1')).toEqual({
      visit: 'M1',
      expected: 3,
      received: 1,
      expectedInFollowUp: 2,
      early: 0,
    })
  })

  it('holds what came before its window closed apart', () => {
    expect(cell(countAt('2024-03-10'), 'nprs', 'M1')).toMatchObject({ expected: 0, received: 0, early: 1 })
  })

  it('counts the study’s own forms, of those for whom the visit exists', () => {
    expect(cell(countAt('2024-04-01'), 'EXAM', 'BL')).toMatchObject({ expected: 2, received: 1 })
    expect(cell(countAt('2024-02-10'), 'EXAM', 'BL')).toMatchObject({ expected: 0, received: 0, early: 1 })
    expect(cell(countAt('2024-01-10'), 'EXAM', 'BL')).toMatchObject({ expected: 0, early: 0 })
  })

  it('has no cell for a visit that does not ask for the form', () => {
    expect(cell(countAt('2024-04-01'), 'EXAM', 'M1')).toBeUndefined()
  })
})
