import { describe, expect, it } from 'vitest'
import { expectApart, expectInside, flatten } from '@/app/_ui/charts/__fixtures__/geometry'
import { POOLED } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { CHECKED, viewOf } from '../__fixtures__/cohort-view'
import { PANEL_WIDTHS } from '../report-figure'
import { instrumentsView } from './__fixtures__/instruments-view'
import { listOutcomeFigures } from './outcome-figures'

const named = (n: number, arms: number, name: string) => {
  const figure = listOutcomeFigures(instrumentsView(n, arms)).find(each => each.name === name)
  if (!figure) throw new Error(`No figure ${name}`)
  return figure
}
const lines = (n: number, arms: number, name: string) =>
  named(n, arms, name).table.rows.map(row => row.map(cell => cell.text).join(' | '))

describe('outcome figures', () => {
  it.each([
    [1, 1],
    [9, 1],
    [9, 3],
    [151, 3],
    [151, 4],
    [1000, 4],
  ])('of %i participants in %i arms keep every label inside and apart at each width', (n, arms) => {
    const figures = listOutcomeFigures(instrumentsView(n, arms))
    expect(figures.length).toBeGreaterThan(10)
    for (const { name, panels } of figures)
      for (const panel of panels)
        for (const width of Object.values(PANEL_WIDTHS[panel.size])) {
          const drawing = panel.draw(width)
          const place = `${name}, ${panel.name}, ${width}`
          expect(() => expectInside(drawing), place).not.toThrow()
          expect(() => expectApart(drawing), place).not.toThrow()
        }
  })

  it('are none where nobody has a value', () => {
    expect(listOutcomeFigures(instrumentsView(0, 1))).toEqual([])
  })

  it('have names of their own for their files, and a caption, a note and a table with every one', () => {
    const figures = listOutcomeFigures(instrumentsView(9, 1))
    const names = figures.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const figure of figures) {
      expect(figure.name).toMatch(/^[\w-]+$/)
      expect(new Set(figure.panels.map(({ name }) => name)).size).toBe(figure.panels.length)
      expect(figure.table.rows.length, figure.name).toBeGreaterThan(0)
      expect(figure.n, figure.name).toMatch(/n = 9 enrolled/)
      expect(JSON.stringify([figure.caption, figure.note, figure.title])).not.toMatch(
        /undefined|NaN|null|\.\.| {2}/,
      )
      for (const row of figure.table.rows) expect(row.length, figure.name).toBe(figure.table.columns.length)
    }
  })

  it('have no named participant, and no bars by participant, where nobody may be named', () => {
    const arms = ['A', 'B'].map(code => ({ code, name: `Arm ${code}`, ratio: 1 }))
    const figures = listOutcomeFigures(viewOf(CHECKED, { changes: { arms }, masking: POOLED }))
    const drawn = figures.flatMap(({ panels }) => panels.map(panel => panel.draw(320)))
    expect(JSON.stringify([figures, drawn])).not.toMatch(/MEL-/)
  })

  it('are darker for worse whichever way a scale runs, best first', () => {
    const labels = (name: string) => named(9, 1, name).key.map(({ text }) => text)
    expect(labels('levels-work')).toEqual(['Full', 'Reduced duties or hours', 'Unable'])
    expect(labels('levels-analgesics')).toEqual(['None', 'Non-opioid', 'Weak opioid', 'Strong opioid'])
    expect(labels('bands-odi')).toEqual(['minimal', 'moderate', 'severe', 'crippled', 'bed-bound'])
  })

  it('state who is outside the denominator, and that levels of several places count by one', () => {
    expect(named(9, 1, 'levels-work').note.join(' ')).toMatch(
      /“not working for other reasons” is outside the denominator/,
    )
    expect(named(9, 1, 'levels-mri').note.join(' ')).toMatch(/the one scored at most visits counts/)
  })

  it('say what the view puts in place of missing values, and count it', () => {
    const figures = listOutcomeFigures(instrumentsView(9, 1, { missingData: 'locf' }))
    for (const { name, caption, note } of figures) {
      // Steps are counted between measured values alone, whatever the view fills in.
      const rule =
        name === 'level-change' ? /is filled in .* is not counted/ : /filled in by the last value observed/
      expect(caption, name).toMatch(rule)
      expect(note.join(' '), name).not.toMatch(/nothing imputed/i)
    }
    const drawn = figures.find(({ name }) => name === 'levels-work')?.panels[0]
    expect(drawn?.description).toMatch(/^Baseline, n 9: .* 6 months, n 9: /)
    expect(named(9, 1, 'levels-work').panels[0]?.description).toMatch(/ 6 months, n 7: /)
  })

  it('mark no single participant beyond 200', () => {
    const figures = listOutcomeFigures(instrumentsView(201, 1))
    const marks = figures
      .filter(({ name }) => name.startsWith('scores-') || name.startsWith('pairs-'))
      .flatMap(({ panels }) => panels.flatMap(panel => panel.draw(460).marks))
    expect(marks.some(mark => mark.kind === 'link')).toBe(false)
    expect(flatten(marks).some(mark => /^pt|thin/.test(mark.className))).toBe(false)
  })

  it('count durations with unlimited above every number', () => {
    const [first] = lines(9, 1, 'pairs-tolerance')
    expect(first).toMatch(/^Sitting tolerance \| 6 months \| /)
    expect(lines(9, 1, 'pairs-tolerance').join()).toMatch(/unlimited/)
  })
})
