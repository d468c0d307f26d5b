import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, textsOf } from './__fixtures__/geometry'
import type { FlowBox, FlowChartData } from './flow-chart-data'
import { layOutFlow } from './flow-layout'

const WIDTHS = [320, 520, 1000]
const LONG = 'Anticoagulation that cannot safely be stopped for the time of the procedure'

function box(title: string, count: number, lines: readonly string[] = []): FlowBox {
  return { title, count, lines: lines.map((text, index) => ({ text, count, level: index === 0 ? 0 : 1 })) }
}

function flow(n: number, arms: number): FlowChartData {
  return {
    steps: [
      {
        box: box('Assessed for eligibility', n),
        aside: [box('Excluded', n, ['Criteria failed', LONG, 'Declined']), box('In screening', n)],
      },
      { box: box('Randomised', n), aside: [] },
    ],
    arms: Array.from({ length: arms }, (_, arm) => [
      box(`Arm ${arm + 1}, intradiscal injection of 18 million cells with hyaluronic acid`, n, [
        'Received the first dose',
        LONG,
      ]),
      box('Follow-up', n, ['Lost', 'Moved away']),
      box('Analysed', n),
    ]),
  }
}

/** Frames of boxes by their edges. */
function frames(width: number, data: FlowChartData) {
  return layOutFlow(data, width).marks.flatMap(mark => {
    const read =
      mark.kind === 'path' && mark.className === 'quartiles'
        ? /^M(\S+) (\S+)h(\S+)v(\S+)h/.exec(mark.d)
        : null
    if (!read) return []
    const [left = 0, top = 0, w = 0, h = 0] = read.slice(1).map(Number)
    return [{ left, top, right: left + w, bottom: top + h }]
  })
}

describe('a flow of participants', () => {
  it.each([0, 1, 9, 151, 10_000])('keeps every text inside and apart at %i participants', n => {
    for (const arms of [0, 1, 2, 3, 4, 6])
      for (const width of WIDTHS) {
        const drawing = layOutFlow(flow(n, arms), width)
        expectInside(drawing)
        expectApart(drawing)
      }
  })

  it('lays no box over another, and none outside', () => {
    for (const arms of [1, 2, 3, 4, 6])
      for (const width of WIDTHS) {
        const boxes = frames(width, flow(151, arms))
        expect(boxes).toHaveLength(4 + 3 * arms)
        for (const [index, a] of boxes.entries()) {
          expect(a.left).toBeGreaterThanOrEqual(0)
          expect(a.right).toBeLessThanOrEqual(width)
          for (const b of boxes.slice(index + 1))
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false)
        }
      }
  })

  it('stands arms side by side where there is room, else under each other', () => {
    const tops = (width: number, arms: number) =>
      new Set(
        frames(width, flow(9, arms))
          .slice(4)
          .map(({ top }) => top),
      ).size
    expect(tops(1000, 3)).toBe(3)
    expect(tops(320, 3)).toBe(9)
    expect(tops(520, 2)).toBe(3)
    expect(tops(520, 3)).toBe(9)
  })

  it('writes every line of every box', () => {
    const words = textsOf(layOutFlow(flow(9, 2), 320))
      .map(({ text }) => text)
      .join(' ')
    expect(words).toContain('Declined: 9')
    expect(words).toContain('Analysed, n\u00a0=\u00a09')
  })
})
