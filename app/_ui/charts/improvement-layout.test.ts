import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { ImprovementCell, ImprovementChartData } from './improvement-chart-data'
import { layOutImprovement } from './improvement-layout'

const SIZES = [0, 1, 9, 151, 10_000]
const WIDTHS = [320, 520, 1000]

function improvement(n: number, arms: number): ImprovementChartData {
  const cell = (index: number): ImprovementCell =>
    index % 9 === 8
      ? { kind: 'none', reason: index % 2 ? 'no baseline' : 'missing' }
      : { kind: 'value', value: ((index * 37) % 301) - 200, lowBaseline: index % 4 === 0 }
  return {
    panels: [
      'Average pain, 6 months',
      'Average pain, 12 months',
      'Worst pain, 6 months',
      'Worst pain, 12 months',
    ].map(title => ({ title, n })),
    groups: Array.from({ length: arms }, (_, arm) => ({
      label: arms > 1 ? `Arm ${arm}` : null,
      rows: Array.from({ length: Math.ceil(n / arms) }, (_, row) => ({
        subject: `MEL-${String(row).padStart(5, '0')}`,
        hasSecondDose: row % 2 === 0,
        cells: [0, 1, 2, 3].map(panel => cell(row * 4 + panel)),
      })),
    })),
  }
}

describe('bars of improvement', () => {
  it.each(SIZES)('keep every label inside at %i participants, in one arm and in three, at each width', n => {
    for (const arms of [1, 3])
      for (const width of WIDTHS) {
        const drawing = layOutImprovement(improvement(n, arms), width)
        expectInside(drawing)
        expectApart(drawing)
      }
  })

  it('stop at −100 % with the value written', () => {
    const data: ImprovementChartData = {
      panels: [{ title: 'Average pain, 12 months', n: 2 }],
      groups: [
        {
          label: null,
          rows: [-250, -100].map((value, index) => ({
            subject: `MEL-00${index}`,
            hasSecondDose: false,
            cells: [{ kind: 'value' as const, value, lowBaseline: false }],
          })),
        },
      ],
    }
    const drawing = layOutImprovement(data, 520)
    const bars = flatten(drawing.marks).flatMap(mark => (mark.kind === 'rect' ? [mark] : []))
    expect(bars).toHaveLength(2)
    expect(bars[0]?.width).toBe(bars[1]?.width)
    expect(textsOf(drawing).map(mark => mark.text)).toEqual(expect.arrayContaining(['−250', '−100']))
  })

  it('say in words why there is no bar, instead of one at 0', () => {
    const data = improvement(9, 1)
    const drawing = layOutImprovement(data, 1000)
    expect(textsOf(drawing).map(mark => mark.text)).toContain('missing')
    const cells = data.groups.flatMap(group => group.rows.flatMap(row => row.cells))
    const values = cells.filter(cell => cell.kind === 'value' && cell.value !== 0)
    expect(flatten(drawing.marks).filter(mark => mark.kind === 'rect')).toHaveLength(values.length)
  })

  it('stay small at 10,000 participants', () => {
    const drawing = layOutImprovement(improvement(10_000, 1), 1000)
    expect(JSON.stringify(drawing).length).toBeLessThan(120_000)
  })

  it('link each participant once in a line of panels, and say the row in words', () => {
    const links = layOutImprovement(improvement(9, 1), 1000).marks.filter(mark => mark.kind === 'link')
    expect(links).toHaveLength(9)
    expect(links[1]?.label).toBe(
      'MEL-00001: Average pain, 6 months 52% worse; Average pain, 12 months 15% worse; Worst pain, 6 months 22% better; Worst pain, 12 months 59% better',
    )
  })

  it('break long titles of panels', () => {
    const data = improvement(9, 1)
    const title = 'Disability by the Oswestry index, long-term follow-up by telephone'
    for (const width of WIDTHS) {
      const drawing = layOutImprovement(
        { ...data, panels: data.panels.map(({ n }) => ({ title, n })) },
        width,
      )
      expectInside(drawing)
      expectApart(drawing)
    }
  })
})
