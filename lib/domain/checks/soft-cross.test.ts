import { describe, expect, it } from 'vitest'
import { softInput } from '@/lib/domain/checks/__fixtures__/soft-input'
import type { CheckPlan } from '@/lib/domain/checks/check-plan'
import { checkSoft } from '@/lib/domain/checks/soft'
import type { SoftCheckInput } from '@/lib/domain/checks/soft-rule'
import { deriveNeighbours } from '@/lib/domain/checks/soft-visit-order'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
const ask = (part: Partial<SoftCheckInput>) => checkSoft(softInput(part))
const texts = (part: Partial<SoftCheckInput>) => ask(part).map(question => question.text)
const of = (values: Record<string, number | string>): Answers =>
  Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }]))
const other = (form: string, answers: Answers, key = form) => ({ form, key, answers })

describe('tolerance against the ODI', () => {
  const tolerance = (answers: Record<string, number | string>, odi: Record<string, number>) =>
    texts({ form: 'tolerance', answers: of(answers), others: [other('odi', of(odi))] })

  it.each([
    [
      { TOL_STAND: 60 },
      { ODI_06: 5 },
      ['Check: standing tolerance is 60 minutes, but ODI standing is 5 (not at all).'],
    ],
    [
      { TOL_STAND: 'unlimited' },
      { ODI_06: 5 },
      ['Check: standing tolerance is unlimited, but ODI standing is 5 (not at all).'],
    ],
    [
      { TOL_SIT: 90 },
      { ODI_05: 5 },
      ['Check: sitting tolerance is 90 minutes, but ODI sitting is 5 (not at all).'],
    ],
    [
      { TOL_WALK: 60 },
      { ODI_04: 5 },
      ['Check: walking tolerance is 60 minutes, but ODI walking is 5 (not at all).'],
    ],
    [{ TOL_STAND: 59 }, { ODI_06: 5 }, []],
    [{ TOL_STAND: 60 }, { ODI_06: 4 }, []],
    [{ TOL_STAND: 60 }, { ODI_05: 5 }, []],
    [{ TOL_STAND: 60 }, {}, []],
  ])('%j beside %j asks %j', (answers, odi, expected) => {
    expect(tolerance(answers as Record<string, number | string>, odi as Record<string, number>)).toEqual(
      expected,
    )
  })

  it('stands at the tolerance and names the section of the other form', () => {
    const [question] = ask({
      form: 'tolerance',
      answers: of({ TOL_STAND: 60 }),
      others: [other('odi', of({ ODI_06: 5 }))],
    })
    expect(question).toMatchObject({
      fields: ['TOL_STAND', 'odi.ODI_06'],
      key: 'tolerance.TOL_STAND:TOL_STAND=60,ODI_06=5',
    })
    expect(
      texts({ form: 'odi', answers: of({ ODI_06: 5 }), others: [other('tolerance', of({ TOL_STAND: 60 }))] }),
    ).toEqual([])
  })
})

describe('the order of visits', () => {
  const PLANS = [
    { code: 'BL', name: 'Baseline' },
    { code: 'M3', name: '3 months' },
    { code: 'M6', name: '6 months' },
    { code: 'M12', name: '12 months' },
  ]
  const dated = [
    { code: 'BL', date: day('2026-01-05') },
    { code: 'M3', date: day('2026-04-10') },
    { code: 'M12', date: day('2027-01-10') },
    { code: 'UNS-1', date: day('2028-01-01') },
  ]
  const neighbours = deriveNeighbours(PLANS, dated, 'M6')

  it.each([
    [
      '2026-04-09',
      ['Check: 9 Apr 2026 is before 3 months (10 Apr 2026), which comes earlier in the protocol.'],
    ],
    [
      '2027-01-11',
      ['Check: 11 Jan 2027 is after 12 months (10 Jan 2027), which comes later in the protocol.'],
    ],
    ['2026-04-10', []],
    ['2026-07-01', []],
  ])('a date of %s asks %j', (date, expected) => {
    expect(texts({ date: day(date), neighbours })).toEqual(expected)
  })

  it('asks nothing of a visit outside of the protocol, or where the others have no date', () => {
    expect(deriveNeighbours(PLANS, dated, 'UNS-1')).toEqual({ before: null, after: null })
    expect(deriveNeighbours(PLANS, [{ code: 'M3', date: null }], 'M6')).toEqual({ before: null, after: null })
  })
})

describe('a change since the last visit beyond the limit of the protocol', () => {
  const checks: CheckPlan[] = [{ parameter: 'NPRS_AVG', changeFromLast: { atLeast: 4 } }]
  const nprs = (now: Answers, then: Answers | null) =>
    texts({ answers: now, last: then && { visitName: '3 Months', answers: then }, checks })

  it.each([
    [8, 3, ['Check: average pain is 8, and was 3 at 3 months: a change of 4 or more.']],
    [3, 8, ['Check: average pain is 3, and was 8 at 3 months: a change of 4 or more.']],
    [7, 3, ['Check: average pain is 7, and was 3 at 3 months: a change of 4 or more.']],
    [6, 3, []],
  ])('%d after %d asks %j', (now, then, expected) => {
    expect(nprs(of({ NPRS_AVG: now }), of({ NPRS_AVG: then }))).toEqual(expected)
  })

  it('is not asked without a value now or then', () => {
    expect(nprs(of({ NPRS_AVG: 8 }), null)).toEqual([])
    expect(nprs(of({ NPRS_AVG: 8 }), { NPRS_AVG: { missing: 'declined' } })).toEqual([])
    expect(nprs({ NPRS_AVG: { missing: 'declined' } }, of({ NPRS_AVG: 3 }))).toEqual([])
  })

  it('is of the score where it is computed, and stands at the first item', () => {
    const sections = (value: number) =>
      of(
        Object.fromEntries(
          Array.from({ length: 10 }, (_, i) => [`ODI_${String(i + 1).padStart(2, '0')}`, value]),
        ),
      )
    const [question] = ask({
      form: 'odi',
      answers: sections(3),
      last: { visitName: 'Baseline', answers: sections(1) },
      checks: [{ parameter: 'ODI', changeFromLast: { atLeast: 40 }, text: 'ODI differs by 40.' }],
    })
    expect(question).toMatchObject({
      text: 'Check: ODI differs by 40.',
      fields: ['ODI_01'],
      key: 'change.ODI:ODI=60,last=20',
    })
  })
})

describe('two answers that the protocol says do not go together', () => {
  const checks: CheckPlan[] = [
    {
      when: { item: 'SMOKER', equals: false },
      and: { item: 'PER_DAY', atLeast: 1 },
      text: 'no smoker, but smokes.',
    },
    {
      when: { item: 'WORK_CAPACITY', equals: 0 },
      and: { item: 'ODI_04', atMost: 1 },
      text: 'unable, but walks.',
    },
  ]
  const exam = (answers: Answers) => texts({ form: 'EXAM', answers, checks })

  it('within one form', () => {
    expect(exam({ SMOKER: { value: false }, PER_DAY: { value: 2 } })).toEqual([
      'Check: no smoker, but smokes.',
    ])
    expect(exam({ SMOKER: { value: true }, PER_DAY: { value: 2 } })).toEqual([])
    expect(exam({ SMOKER: { value: false }, PER_DAY: { value: 0 } })).toEqual([])
    expect(exam({ SMOKER: { missing: 'declined' }, PER_DAY: { value: 2 } })).toEqual([])
    expect(exam({ PER_DAY: { value: 2 } })).toEqual([])
  })

  it('across forms, once, at the form of the second condition', () => {
    const work = of({ WORK_CAPACITY: 0 })
    const odi = of({ ODI_04: 1 })
    expect(texts({ form: 'odi', answers: odi, others: [other('work', work)], checks })).toEqual([
      'Check: unable, but walks.',
    ])
    expect(texts({ form: 'work', answers: work, others: [other('odi', odi)], checks })).toEqual([])
  })

  it('with every place of a form that repeats, whichever was entered last; the same at two places is asked once', () => {
    const found = (...modic: number[]) =>
      ask({
        form: 'EXAM',
        answers: of({ PAIN: 0 }),
        others: modic.map((value, at) => other('mri', of({ MODIC: value }), `mri@L${at + 4}`)),
        checks: [{ when: { item: 'MODIC', atLeast: 1 }, and: { item: 'PAIN', equals: 0 }, text: 'Modic.' }],
      }).map(({ key, fields }) => [key, fields])
    const first = ['cross.PAIN.MODIC:PAIN=0,MODIC=1', ['PAIN', 'mri@L4.MODIC']]
    expect(found(1, 0)).toEqual([first])
    expect(found(1, 2)).toEqual([first, ['cross.PAIN.MODIC:PAIN=0,MODIC=2', ['PAIN', 'mri@L5.MODIC']]])
    expect(found(1, 1)).toEqual([[first[0], ['PAIN', 'mri@L4.MODIC', 'mri@L5.MODIC']]])
  })
})
