import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, textsOf } from './__fixtures__/geometry'
import { GRADE_LOOKS, layOutIntervals } from './safety-interval-layout'
import { layOutSteps } from './safety-steps-layout'

const WIDTHS = [320, 460, 520, 1000]
const LABELS = ['before', '0–7', '8–30', '31–90', '91–180', '181–365', '> 365', 'no date']

const intervals = (events: number) => ({
  looks: GRADE_LOOKS,
  intervals: LABELS.map((label, index) => ({
    label,
    participants: Math.ceil(events / (index + 1)),
    participantYears: index === 7 ? null : (events / 7).toFixed(1),
    counts: [5, 3, 2, 1, 0, 1].map(share => Math.floor((events * share) / (12 * (index + 1)))),
  })),
})

const steps = (n: number, arms: number, code = (index: number) => `ARM${index}`) => ({
  lastDay: n === 0 ? 0 : 760,
  arms: Array.from({ length: arms }, (_, index) => ({
    code: code(index),
    n,
    steps: Array.from({ length: Math.min(n, 300) }, (_, step) => ({ day: step * 2, participants: step + 1 })),
  })),
  days: [0, 30, 90, 180, 365, 730]
    .filter(day => n > 0 || day === 0)
    .map(day => ({ day, observed: Array.from({ length: arms }, () => n) })),
})

describe('figures of adverse events', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i', count => {
    for (const width of WIDTHS) {
      const drawing = layOutIntervals(intervals(count), width)
      expectInside(drawing)
      expectApart(drawing)
      for (const arms of [1, 3, 4]) {
        const curves = layOutSteps(steps(count, arms), width)
        expectInside(curves)
        expectApart(curves)
      }
    }
  })

  it('keep long codes of arms inside', () => {
    for (const width of WIDTHS) {
      const drawing = layOutSteps(
        steps(151, 3, index => `A_RATHER_LONG_CODE_OF_AN_ARM_${index}`),
        width,
      )
      expectInside(drawing)
      expectApart(drawing)
    }
  })

  it('write the count of each grade into its part, and the total above', () => {
    const drawing = layOutIntervals(
      {
        looks: GRADE_LOOKS,
        intervals: [{ label: '0–7', participants: 5, participantYears: '0.2', counts: [3, 2, 0, 0, 0, 0] }],
      },
      460,
    )
    const inside = textsOf(drawing).filter(mark => mark.className.startsWith('oi'))
    expect(inside.map(mark => mark.text)).toEqual(['3', '2'])
    expect(textsOf(drawing).find(mark => mark.className === 's')?.text).toBe('5')
  })
})
