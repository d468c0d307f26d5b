import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAnswers } from '@/lib/domain/checks/hard'
import type { Answer, Answers, Instrument, Item } from '@/lib/domain/instruments/instrument'
import { findInstrument, INSTRUMENTS } from '@/lib/domain/instruments/registry'
import { isUnlimited, UNLIMITED } from '@/lib/domain/instruments/unlimited'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { Score } from '@/lib/domain/shared/missing'

const SETTINGS: Readonly<Record<string, Settings>> = {
  default: {},
  chosen: {
    nprs: { items: ['average', 'worst', 'least', 'now'], decimals: true },
    odi: { maxMissingSections: 3, roundTo: 0 },
    pgic: { best: 1 },
    eq5d3l: { valueSet: 'UK-Dolan-1997' },
    eq5d5l: { valueSet: 'England-Devlin-2018' },
    mri: { scale: 'modifiedPfirrmann' },
  },
  other: { pgic: { best: 7 }, eq5d5l: { valueSet: 'Australia-2023' } },
}

const CASES = INSTRUMENTS.flatMap(instrument =>
  Object.entries(SETTINGS).map(([name, settings]) => [instrument.code, name, instrument, settings] as const),
)

const answerTo = (item: Item): fc.Arbitrary<Answer> => {
  const number = fc.integer({ min: item.min, max: item.max }).map(value => ({ value }))
  return item.mayBeUnlimited ? fc.oneof(number, fc.constant({ value: UNLIMITED })) : number
}

const missingOf = (item: Item): fc.Arbitrary<Answer> =>
  fc.constantFrom(...(item.missingCodes ?? (['declined', 'notDone'] as const))).map(missing => ({ missing }))

/** Answers as entry lets them be: each item a value, a reason, or untouched. */
function answersOf(items: readonly Item[], lacking: 'some' | 'none'): fc.Arbitrary<Answers> {
  const one = (item: Item) =>
    lacking === 'none'
      ? answerTo(item)
      : fc.oneof({ weight: 6, arbitrary: answerTo(item) }, missingOf(item), fc.constant(undefined))
  return fc
    .tuple(...items.map(one))
    .map(answers =>
      Object.fromEntries(items.flatMap((item, i) => (answers[i] ? [[item.code, answers[i]]] : []))),
    )
}

/** +1 where a higher answer is worse, −1 where it is better, 0 where neither. */
function worseSign(instrument: Instrument, item: Item, settings: Settings): number {
  const own = instrument.parameters(settings).find(({ code }) => code === item.code)?.higherIs
  return { worse: 1, better: -1, neither: 0 }[item.higherIs ?? own ?? 'worse']
}

const numberOf = (score: Score | undefined) => (score?.kind === 'score' ? score.value : null)

describe.each(CASES)('%s under %s settings', (_, __, instrument, settings) => {
  const items = instrument.items(settings)
  const parameters = instrument.parameters(settings)

  it('takes all answers of its items, and gives numbers in range or reasons, never NaN', () => {
    fc.assert(
      fc.property(answersOf(items, 'some'), answers => {
        expect(checkAnswers(instrument, answers, settings)).toEqual([])
        for (const [code, score] of Object.entries(instrument.score(answers, settings))) {
          const parameter = parameters.find(one => one.code === code)
          if (!parameter) throw new Error(`${code} is not a parameter`)
          if (score.kind === 'missing' || isUnlimited(parameter, score.value)) continue
          expect(score.value).toBeGreaterThanOrEqual(parameter.min - 1e-9)
          expect(score.value).toBeLessThanOrEqual(parameter.max + 1e-9)
        }
      }),
    )
  })

  it('never rates a worse answer as better', () => {
    fc.assert(
      fc.property(
        answersOf(items, 'some'),
        fc.constantFrom(...items),
        fc.tuple(fc.integer(), fc.integer()),
        (answers, item, [a, b]) => {
          const span = item.max - item.min + 1
          const sign = worseSign(instrument, item, settings)
          const within = (n: number) => item.min + (Math.abs(n) % span)
          const [low, high] = [Math.min(within(a), within(b)), Math.max(within(a), within(b))]
          const [better, worse] = sign >= 0 ? [low, high] : [high, low]
          if (sign === 0) return
          const before = instrument.score({ ...answers, [item.code]: { value: better } }, settings)
          const after = instrument.score({ ...answers, [item.code]: { value: worse } }, settings)
          for (const { code, higherIs } of parameters) {
            const [first, second] = [numberOf(before[code]), numberOf(after[code])]
            if (first === null || second === null || higherIs === 'neither') continue
            const worsening = higherIs === 'worse' ? second - first : first - second
            expect(worsening).toBeGreaterThanOrEqual(-1e-9)
          }
        },
      ),
    )
  })

  it('scores alike in whatever order the items were answered', () => {
    fc.assert(
      fc.property(answersOf(items, 'some'), fc.func(fc.integer()), (answers, weigh) => {
        const shuffled = Object.entries(answers).sort(([a], [b]) => weigh(a) - weigh(b))
        expect(instrument.score(Object.fromEntries(shuffled), settings)).toEqual(
          instrument.score(answers, settings),
        )
      }),
    )
  })

  it('gives no score to a form without a single value, whatever the reasons', () => {
    const reasons = fc.tuple(...items.map(item => fc.option(missingOf(item), { nil: undefined })))
    fc.assert(
      fc.property(reasons, answers => {
        const given = Object.fromEntries(
          items.flatMap((item, i) => (answers[i] ? [[item.code, answers[i]]] : [])),
        )
        const scores = instrument.score(given, settings)
        for (const score of Object.values(scores)) expect(score.kind).toBe('missing')
        if (Object.keys(given).length === 0) expect(scores).toEqual({})
      }),
    )
  })

  it('never counts a missing item as zero: of a form at its worst it takes nothing off', () => {
    const worst = (item: Item) => (worseSign(instrument, item, settings) < 0 ? item.min : item.max)
    const full: Answers = Object.fromEntries(items.map(item => [item.code, { value: worst(item) }]))
    const atWorst = instrument.score(full, settings)
    for (const item of items) {
      const lacking = instrument.score({ ...full, [item.code]: { missing: 'declined' } }, settings)
      for (const { code } of parameters) {
        const value = numberOf(lacking[code])
        if (value !== null) expect(value).toBeCloseTo(numberOf(atWorst[code]) ?? Number.NaN, 9)
      }
    }
  })
})

describe('ODI', () => {
  const sixteen = [2, 2, 2, 2, 2, 2, 2, 1, 1, 0]
  const sections = (values: readonly number[]): Answers =>
    Object.fromEntries(values.map((value, i) => [`ODI_${String(i + 1).padStart(2, '0')}`, { value }]))
  const odi = findInstrument('odi') as Instrument

  it('gives 16 of 50 → 32, and 16 with one section missing → 35.6', () => {
    expect(odi.score(sections(sixteen), {})).toEqual({ ODI: { kind: 'score', value: 32 } })
    expect(numberOf(odi.score(sections(sixteen.slice(0, 9)), {}).ODI)).toBeCloseTo(35.6, 1)
  })

  it('rounds half up where the study asks for it', () => {
    const nine = sections(sixteen.slice(0, 9))
    expect(odi.score(nine, { odi: { roundTo: 1 } })).toEqual({ ODI: { kind: 'score', value: 35.6 } })
    expect(odi.score(nine, { odi: { roundTo: 0 } })).toEqual({ ODI: { kind: 'score', value: 36 } })
  })
})
