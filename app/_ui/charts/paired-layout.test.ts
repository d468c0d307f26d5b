import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten, textsOf } from './__fixtures__/geometry'
import type { PairedCell, PairedChartData, PairedEnd } from './paired-chart-data'
import { layOutPaired } from './paired-layout'

const WIDTHS = [320, 460]

function cellOf(index: number): PairedCell {
  if (index % 9 === 8) return { kind: 'none', reason: index % 2 ? 'no baseline' : 'not yet due' }
  const endOf = (seed: number): PairedEnd => (seed % 5 === 4 ? 'beyond' : (seed * 13) % 121)
  const course = (['better', 'unchanged', 'worse'] as const)[index % 3] ?? 'better'
  return { kind: 'pair', baseline: endOf(index), visit: endOf(index + 3), course }
}

function paired(n: number, arms: number, changes: Partial<PairedChartData> = {}): PairedChartData {
  const quartiles = n === 0 ? null : { q1: 20, median: 45, q3: 'beyond' as const }
  return {
    min: 0,
    max: 120,
    unit: 'min',
    beyond: 'Unlimited',
    visits: ['6 months', '12 months'],
    groups: Array.from({ length: arms }, (_, arm) => ({
      label: arms > 1 ? `USUAL_CARE_${arm}` : null,
      rows: Array.from({ length: Math.ceil(n / arms) }, (_, row) => ({
        subject: `MEL-${String(row).padStart(4, '0')}`,
        hasSecondDose: row % 2 === 0,
        label: `MEL-${row}`,
        cells: [cellOf(row * 2 + arm), cellOf(row * 2 + 1 + arm)],
      })),
      summaries: [0, 1].map(() => ({
        text: `n = ${n}: longer ${n}, unchanged ${n}, shorter ${n}`,
        baseline: quartiles,
        visit: quartiles,
      })),
    })),
    ...changes,
  }
}

describe('pairs', () => {
  it.each([0, 1, 9, 151, 10_000])('keep every label inside and apart at %i participants', n => {
    for (const arms of [1, 3, 4])
      for (const beyond of ['Unlimited', null])
        for (const width of WIDTHS) {
          const drawing = layOutPaired(paired(n, arms, { beyond }), width)
          expectInside(drawing)
          expectApart(drawing)
        }
  })

  it('have the place beyond the scale right of every number', () => {
    const data = paired(1, 1, {
      visits: ['12 months'],
      groups: [
        {
          label: null,
          rows: [
            {
              subject: null,
              hasSecondDose: false,
              label: '',
              cells: [{ kind: 'pair', baseline: 120, visit: 'beyond', course: 'better' }],
            },
          ],
          summaries: [],
        },
      ],
    })
    const line = flatten(layOutPaired(data, 460).marks).find(
      mark => mark.kind === 'path' && mark.className === 'up beyond',
    )
    const [from = 0, to = 0] =
      line?.kind === 'path' ? [...line.d.matchAll(/[ML]([\d.]+)/g)].map(each => Number(each[1])) : []
    expect(to - from).toBeGreaterThan(20)
  })

  it('name up to 40 participants, draw thin lines up to 200 and quartiles alone beyond', () => {
    const marksOf = (n: number) => layOutPaired(paired(n, 1), 460).marks
    const links = (n: number) => marksOf(n).filter(mark => mark.kind === 'link').length
    const thin = (n: number) => flatten(marksOf(n)).some(mark => mark.className.endsWith('thin'))
    expect([links(40), links(41)]).toEqual([40, 0])
    expect([thin(40), thin(41), thin(200), thin(201)]).toEqual([false, true, true, false])
    expect(flatten(marksOf(201)).filter(mark => mark.className === 'quartiles')).toHaveLength(4)
  })

  it('say in words why there is no pair', () => {
    expect(textsOf(layOutPaired(paired(9, 1), 460)).map(mark => mark.text)).toContain('not yet due')
  })

  it('stand under each other on a phone, side by side elsewhere', () => {
    const heads = (width: number) =>
      textsOf(layOutPaired(paired(9, 1), width)).filter(mark => mark.text.endsWith(' months'))
    expect(new Set(heads(460).map(mark => mark.y)).size).toBe(1)
    expect(new Set(heads(320).map(mark => mark.x)).size).toBe(1)
  })
})
