import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missing } from '@/lib/domain/instruments/__fixtures__/scores'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import { nprs } from '@/lib/domain/instruments/nprs'
import { pgic } from '@/lib/domain/instruments/pgic'
import { INSTRUMENTS } from '@/lib/domain/instruments/registry'
import { work } from '@/lib/domain/instruments/work'
import { MISSING_REASONS } from '@/lib/domain/shared/missing'

const SINGLE = ['nprs', 'vas', 'pgic', 'satisfaction', 'work', 'analgesics', 'tolerance', 'mri']
const single = INSTRUMENTS.filter(instrument => SINGLE.includes(instrument.code))

describe.each(single.map(instrument => [instrument.code, instrument] as const))('%s', (_, instrument) => {
  it('scores each parameter as its one item, and a missing item as its reason, never as a number', () => {
    for (const item of instrument.items({})) {
      fc.assert(
        fc.property(
          fc.integer({ min: item.min, max: item.max }),
          fc.constantFrom(...MISSING_REASONS),
          (value, missing) => {
            expect(instrument.score({ [item.code]: { value } }, {})).toEqual({
              [item.code]: { kind: 'score', value },
            })
            expect(instrument.score({ [item.code]: { missing } }, {})).toEqual({
              [item.code]: { kind: 'missing', reason: missing },
            })
          },
        ),
      )
    }
  })

  it('says nothing about what was not touched', () => {
    expect(instrument.score({}, {})).toEqual({})
  })
})

describe('every instrument', () => {
  it('refuses to score what is no number', () => {
    for (const instrument of INSTRUMENTS.filter(each => each.parameters({}).length > 0)) {
      const [item] = instrument.items({})
      if (item) expect(() => instrument.score({ [item.code]: { value: 'high' } }, {})).toThrow(item.code)
    }
  })
})

describe('NPRS', () => {
  it('asks the ratings that the study names, as bars or as decimals', () => {
    expect(nprs.items({}).map(item => item.code)).toEqual(['NPRS_AVG', 'NPRS_WORST'])
    const settings = { nprs: { items: ['now', 'least'] as const, decimals: true } }
    expect(nprs.items(settings).map(item => [item.code, item.type, item.decimals])).toEqual([
      ['NPRS_NOW', 'number', true],
      ['NPRS_LEAST', 'number', true],
    ])
    expect(nprs.items({})[0]?.type).toBe('scale')
  })

  it.each([
    [168, 'last 7 days'],
    [24, 'last 24 hours'],
    [undefined, null],
  ])('names a recall period of %s hours', (recallHours, caption) => {
    expect(nprs.caption({ nprs: { recallHours } })).toBe(caption)
  })
})

describe('PGIC', () => {
  const first = (best: 1 | 7 | undefined) => pgic.parameters({ pgic: { best } })[0]

  it('takes its direction from the study', () => {
    expect([first(7)?.higherIs, first(1)?.higherIs, first(undefined)?.higherIs]).toEqual([
      'better',
      'worse',
      'neither',
    ])
    expect(first(7)?.levels?.at(-1)).toEqual({ value: 7, label: '7 best' })
    expect(first(1)?.levels?.at(0)).toEqual({ value: 1, label: '1 best' })
    expect(first(7)?.levels?.[3]?.label).toBe('4')
    expect(first(undefined)?.levels?.[6]?.label).toBe('7')
  })
})

describe('work capacity', () => {
  it('keeps “not working for other reasons” apart from the levels', () => {
    const [capacity] = work.items({})
    expect(capacity && formatMissingReason('notApplicable', capacity)).toBe('Not working for other reasons')
    expect(capacity?.choices?.map(choice => choice.value)).toEqual([0, 1, 2])
  })

  it('keeps “not working for other reasons” out of the denominator: a reason, never a level', () => {
    const scores = work.score({ WORK_CAPACITY: { missing: 'notApplicable' } }, {})
    expect(scores).toEqual({ WORK_CAPACITY: missing('notApplicable') })
  })
})
