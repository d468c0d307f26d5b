import { describe, expect, it } from 'vitest'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import {
  describeCheck,
  describeCondition,
  describeField,
  describeRepeats,
  describeRescueRule,
  describeTreatment,
  formatOffset,
  listDoubleEntryForms,
} from './protocol'

const [first, second] = SMALL_PROTOCOL.treatments
const [exam] = SMALL_PROTOCOL.forms
if (!first || !second || !exam) throw new Error('the small protocol has changed')

describe('a treatment in words', () => {
  it.each([
    [first, 'lot recorded (default)'],
    [
      second,
      'optional; not before 6 months after the first; with persistent pain at 6 months; lot recorded (default)',
    ],
    [
      { ...first, dose: { value: 10, unit: 'million cells' }, route: 'intradiscal' },
      '10 million cells; intradiscal; cell product recorded (default)',
    ],
    [{ ...first, cellProduct: true }, 'cell product recorded'],
    [
      { ...first, dose: { value: 10, unit: 'million cells' }, cellProduct: false },
      '10 million cells; lot recorded',
    ],
  ])('%#', (plan, text) => {
    expect(describeTreatment(plan)).toBe(text)
  })
})

describe('a check in words', () => {
  it.each<[NonNullable<Protocol['checks']>[number], string]>([
    [
      { parameter: 'NPRS_AVG', changeFromLast: { atLeast: 4 } },
      'Asked where average pain differs from the last visit by 4 or more.',
    ],
    [
      { item: 'BMI', form: 'EXAM', changeFromLast: { atLeast: 3 }, text: 'Weighed again?' },
      'Asked where body mass index differs from the last visit by 3 or more. “Weighed again?”',
    ],
    [
      { when: { item: 'SMOKER', equals: true }, and: { item: 'BMI', atMost: 18 }, text: 'Check both.' },
      'Asked where smoker is yes and body mass index is 18 or less. “Check both.”',
    ],
  ])('%#', (check, text) => {
    expect(describeCheck(SMALL_PROTOCOL, check)).toBe(text)
  })
})

it('says a responder rule, combined ones too', () => {
  const pain = { parameter: 'NPRS_AVG', improvement: { atLeast: 50, unit: 'percent' as const } }
  const function_ = { parameter: 'ODI', improvement: { above: 15, unit: 'points' as const } }
  expect(describeCondition(SMALL_PROTOCOL, pain)).toBe('average pain improves by at least 50 %')
  expect(describeCondition(SMALL_PROTOCOL, { all: [pain, function_], visits: ['M6', 'M12'] })).toMatch(
    /^\(average pain improves by at least 50 % and .+ improves by more than 15 points\) at M6 and M12$/,
  )
})

it('says which interventions count as a rescue, and whether the protocol says so', () => {
  expect(describeRescueRule(SMALL_PROTOCOL)).toMatch(/^Rescue: surgery, injection, ablation after .*default/)
  const own = { ...SMALL_PROTOCOL, rescue: { interventions: ['surgery'], after: 'dayZero' } } as const
  expect(describeRescueRule(own)).toBe('Rescue: surgery after day zero.')
})

it('names the forms entered twice, how often a form is entered, and its fields', () => {
  expect(listDoubleEntryForms({ ...SMALL_PROTOCOL, doubleEntry: { forms: ['EXAM'] } })).toBe('Examination')
  expect(listDoubleEntryForms(SMALL_PROTOCOL)).toBe('')
  expect(describeRepeats(exam)).toBe('once')
  expect(describeRepeats({ ...exam, locations: ['L4/L5', 'L5/S1'], repeating: true })).toBe(
    'once for each of L4/L5, L5/S1; as often as needed',
  )
  const [bmi, smoker] = exam.fields
  if (!bmi || !smoker) throw new Error('no fields')
  expect(describeField(bmi, exam.fields)).toBe('Body mass index: number, kg/m², 12 to 70, required')
  const shown = { ...bmi, required: false, showIf: { field: 'SMOKER', equals: true } }
  expect(describeField(shown, exam.fields)).toBe(
    'Body mass index: number, kg/m², 12 to 70, asked where Smoker is yes',
  )
})

it.each([
  [{ value: 0, unit: 'days' }, 'Day zero'],
  [{ value: -1, unit: 'weeks' }, '1 week before'],
  [{ value: 6, unit: 'months' }, '6 months'],
] as const)('an offset %o is %s', (offset, text) => {
  expect(formatOffset(offset)).toBe(text)
})
