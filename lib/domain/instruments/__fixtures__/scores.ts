import type { Answer, Answers, Instrument } from '@/lib/domain/instruments/instrument'
import { deriveBand } from '@/lib/domain/instruments/score-band'

export const scored = (value: number) => ({ kind: 'score', value })
export const missing = (reason: string) => ({ kind: 'missing', reason })

/** Every item of an instrument at one value, but for those named. */
export function fill(
  instrument: Instrument,
  value: number,
  others: Record<string, Answer | null> = {},
): Answers {
  const all = instrument
    .items({})
    .map(({ code }) => [code, others[code] === undefined ? { value } : others[code]])
  return Object.fromEntries(all.filter(([, answer]) => answer !== null)) as Answers
}

/** The name of the band that a value of a parameter lies in. */
export const band = (instrument: Instrument, code: string, value: number) => {
  const parameter = instrument.parameters({}).find(one => one.code === code)
  return parameter && deriveBand(parameter, value)
}
