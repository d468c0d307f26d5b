import { describe, expect, it } from 'vitest'
import { expectInside, textsOf } from '@/app/_ui/charts/__fixtures__/geometry'
import { POOLED, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { CHECKED, viewOf } from '../__fixtures__/cohort-view'
import { PANEL_WIDTHS, type ReportFigure } from '../report-figure'
import { listResponseFigures } from './response-figures'

const find = (figures: readonly ReportFigure[], name: string) => figures.find(figure => figure.name === name)
const texts = (figure: ReportFigure | undefined, column: string) => {
  const index = figure?.table.columns.findIndex(each => each.names.includes(column)) ?? -1
  return figure?.table.rows.map(row => row[index]?.text)
}

describe('figures of response', () => {
  it('show the interval of the last assessment, past which nobody was observed', () => {
    const figure = find(listResponseFigures(viewOf(CHECKED)), 'time-to-firstResponse')
    const marks = figure?.panels[0]?.draw(460).marks ?? []
    const ends = (look: RegExp) =>
      marks.flatMap(mark =>
        mark.kind === 'path' && look.test(mark.className)
          ? [...mark.d.matchAll(/[MH]([\d.]+)/g)].map(([, x]) => Number(x))
          : [],
      )
    expect(Math.max(...ends(/^band/))).toBeGreaterThan(Math.max(...ends(/^dot/)) + 5)
  })

  it('are change, rates, distribution and times to event, each with n, method, caption and table', () => {
    const figures = listResponseFigures(viewOf(CHECKED))
    expect(figures.map(({ name }) => name)).toEqual([
      'change-over-time',
      'responder-rates',
      'response-distribution',
      'time-to-firstResponse',
      'time-to-sustainedResponse',
      'time-to-rescue',
    ])
    for (const figure of figures) {
      expect(figure.n).toBe('n = 9 enrolled')
      expect(figure.note.length).toBeGreaterThan(1)
      expect(figure.caption).toMatch(/95%/)
      expect(figure.table.rows.length).toBeGreaterThan(0)
      for (const row of figure.table.rows) expect(row).toHaveLength(figure.table.columns.length)
    }
  })

  // clinical reference, statistics: mean change −2.333; by hand, 30 % or more: 6→3, 7→2, 8→4, 6→1 and 4→2
  it('show the checked change and count responders of all expected', () => {
    const figures = listResponseFigures(viewOf(CHECKED))
    expect(texts(find(figures, 'change-over-time'), 'mean_change')?.at(-1)).toBe('−2.3')
    expect(texts(find(figures, 'responder-rates'), 'k')).toContain('5/9')
  })

  it('say where nobody has a percentage, and have no picture of nothing', () => {
    const none = listResponseFigures(viewOf([]))
    expect(find(none, 'change-over-time')).toBeUndefined()
    expect(find(none, 'response-distribution')).toBeUndefined()
    const [distribution] = [
      find(
        listResponseFigures(
          viewOf([
            [0, 1, 2],
            [5, null, 2],
          ]),
        ),
        'response-distribution',
      ),
    ]
    expect(texts(distribution, 'baseline_zero')).toContain('1')
  })

  it('number the axis of change by distinct ticks, where nobody changed too', () => {
    for (const rows of [
      [
        [5, 5, 5],
        [6, 6, 6],
      ],
      CHECKED,
    ]) {
      const panel = find(listResponseFigures(viewOf(rows)), 'change-over-time')?.panels[0]
      const ticks = panel ? textsOf(panel.draw(460)).filter(({ anchor }) => anchor === 'end') : []
      expect(ticks.length).toBeGreaterThan(2)
      expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length)
    }
  })

  it('name no arm where arms are pooled', () => {
    const pooled = viewOf(CHECKED, { changes: { arms: THREE_ARMS }, masking: POOLED })
    expect(JSON.stringify(listResponseFigures(pooled))).not.toMatch(/MEL-|Arm [ABC]|"[ABC]"/)
  })

  it('draw every panel at every width, with one participant and with three arms', () => {
    for (const view of [
      viewOf([[7, 5, 3]]),
      viewOf(CHECKED),
      viewOf([...CHECKED, ...CHECKED], { changes: { arms: THREE_ARMS } }),
    ])
      for (const { panels } of listResponseFigures(view))
        for (const { size, draw } of panels)
          for (const width of Object.values(PANEL_WIDTHS[size])) expectInside(draw(width))
  })
})
