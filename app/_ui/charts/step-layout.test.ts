import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { StepChartData } from './step-chart-data'
import { layOutSteps } from './step-layout'

const WIDTHS = [320, 460]
const ARMS = ['PRT', 'PLACEBO', 'USUAL_CARE', 'FOURTH']

/** `n` participants of whom every other has the event, one a day of the course. */
function steps(n: number, arms: number, changes: Partial<StepChartData> = {}): StepChartData {
  const each = Math.floor(n / arms)
  return {
    timeUnit: 'Month',
    visits: [0, 1, 3, 6, 9, 12, 24].map(time => ({ time, label: String(time) })),
    arms: Array.from({ length: arms }, (_, arm) => ({
      code: ARMS[arm] ?? '',
      atRisk: [0, 1, 3, 6, 9, 12, 24].map(time => Math.round(each * (1 - time / 24))),
      steps: Array.from({ length: each }, (_, index) => ({
        time: ((index + 1) * 24) / each,
        share: (index + 1) / (each * (1 + arm)),
        lower: index === 0 ? null : ((index + 1) / (each * (1 + arm))) * 0.8,
        upper: index === 0 ? null : 0.2 + ((index + 1) / (each * (1 + arm))) * 0.8,
        isCensored: index % 2 === 1,
      })),
    })),
    ...changes,
  }
}

describe('curves of time to event', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const width of WIDTHS) {
        const drawing = layOutSteps(steps(n, arms), width)
        expectInside(drawing)
        expectApart(drawing)
      }
  })

  it('stay small at 10,000 participants, and mark no censoring there', () => {
    const drawing = layOutSteps(steps(10_000, 3), 460)
    expect(JSON.stringify(drawing).length).toBeLessThan(60_000)
    expect(drawing.marks.some(mark => 'className' in mark && mark.className === 'censored')).toBe(false)
  })

  it('start at 0 and keep the height until the next step', () => {
    const point = (time: number, share: number) => ({
      time,
      share,
      lower: null,
      upper: null,
      isCensored: false,
    })
    const drawing = layOutSteps(
      steps(9, 1, {
        visits: [0, 12].map(time => ({ time, label: String(time) })),
        arms: [{ code: 'ONE', atRisk: [2, 1], steps: [point(6, 0.5), point(12, 0.5)] }],
      }),
      460,
    )
    const curve = flatten(drawing.marks).find(mark => mark.className.startsWith('mean'))
    expect(curve?.kind === 'path' && curve.d).toMatch(/^M[\d.]+ 212H[\d.]+V112H[\d.]+V112H/)
    expect(textsOf(drawing).map(mark => mark.text)).toContain('At risk')
  })

  it('draw nothing but axes where nobody has a time', () => {
    const drawing = layOutSteps(steps(0, 3), 460)
    expect(flatten(drawing.marks).some(mark => mark.className.startsWith('mean'))).toBe(false)
  })
})
