import { describe, expect, it } from 'vitest'
import { expectInside, textsOf } from '@/app/_ui/charts/__fixtures__/geometry'
import { drawReferenceMarker, REFERENCE_LOOKS, referenceClass } from '@/app/_ui/charts/reference-marks'
import { formatSvgFile } from '@/app/_ui/charts/svg-file'
import { atLeast, makeRule, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { PUBLISHED_TRIALS } from '@/lib/domain/references/published-trials'
import { CHECKED, viewOf } from '../__fixtures__/cohort-view'
import type { CohortView } from '../cohort-view'
import { PANEL_WIDTHS } from '../report-figure'
import { listResponseFigures } from '../response/response-figures'
import { listTrajectoryFigures } from '../trajectory-figure'
import { listReferenceFigures } from './reference-figures'

const visit = (code: string, name: string, value: number) => ({
  ...{ code, name, target: { value, unit: 'months' as const }, window: { beforeDays: 0, afterDays: 0 } },
  ...{ instruments: ['nprs'], forms: [] },
})
const YEAR = {
  visits: [visit('BL', 'Baseline', 0), visit('M1', '6 months', 6), visit('M3', '12 months', 12)],
  responders: [makeRule('PAIN50', { condition: atLeast(50, 'percent', 'NPRS_AVG') })],
}
const withReferences = (view: CohortView, ...references: string[]): CohortView => ({
  ...view,
  controls: { references },
})

const readStyle = () => formatSvgFile({ title: '', notes: [], key: [], panels: [], synthetic: true })

describe('published references', () => {
  it('stand nowhere unless they are asked for', () => {
    const view = viewOf(CHECKED, { changes: YEAR })
    expect(listReferenceFigures(view)).toEqual([])
    expect(JSON.stringify(listTrajectoryFigures(view))).not.toMatch(/Ashar/)
  })

  // Ashar 2022, Table 2: 1.51 at 12 months from 4.22; Bates 2022: 5/9 at ≥ 50 %, Wilson 26.7 to 81.1
  it('stand beside the study at the nearest month, without an interval that no source gives', () => {
    const view = withReferences(viewOf(CHECKED, { changes: YEAR }), 'ASHAR2022', 'FSO794')
    const [change, rates, means] = listReferenceFigures(view)
    expect(change?.table.rows.map(row => [row[2]?.text, row[5]?.text, row[6]?.text])).toContainEqual([
      'Ashar 2022, Pain reprocessing therapy, n = 50 randomised',
      '−2.7',
      'not published',
    ])
    const bates = rates?.table.rows.find(row => row[2]?.text.startsWith('Bates'))
    expect([bates?.[5]?.text, bates?.[6]?.text]).toEqual(['56%, 5/9', '26.7 to 81.1'])
    expect(means?.table.rows).toHaveLength(21)
    expect(change?.note.join(' ')).toContain('The published baseline is a mean of two assessments')
  })

  it('leave every number of the study as it is', () => {
    const view = viewOf(CHECKED, { changes: YEAR })
    const tables = (each: CohortView) =>
      [...listTrajectoryFigures(each), ...listResponseFigures(each)].map(f => f.table)
    expect(tables(withReferences(view, 'ASHAR2022'))).toEqual(tables(view))
  })

  it('are labelled on the trajectories, cited in the legend, and noted', () => {
    const [figure] = listTrajectoryFigures(withReferences(viewOf(CHECKED, { changes: YEAR }), 'ASHAR2022'))
    expect(figure?.key.map(({ text }) => text).join(' ')).toContain('JAMA Psychiatry 2022, Table 2')
    expect(figure?.note.join(' ')).toContain('mean of two assessments')
    const drawing = figure?.panels[0]?.draw(460)
    expect(drawing && textsOf(drawing).map(({ text }) => text)).toContain('Ashar 2022 PRT')
  })

  it('have a dash and a marker of their own, of all arms of all trials', () => {
    const arms = PUBLISHED_TRIALS.flatMap(trial => trial.arms)
    expect(arms.length).toBeLessThanOrEqual(REFERENCE_LOOKS)
    const looks = arms.map((_, look) => drawReferenceMarker(look, 0, 0))
    expect(new Set(looks.map(mark => mark.kind === 'path' && mark.d)).size).toBe(arms.length)
    expect(new Set(arms.map((_, look) => referenceClass(look))).size).toBe(arms.length)
    const dashes = [...readStyle().matchAll(/\.ref-\d\{stroke-dasharray:([^}]+)\}/g)].map(([, dash]) => dash)
    expect(new Set(dashes).size).toBe(REFERENCE_LOOKS)
  })

  it('look the same in the legend of every figure, whatever else is chosen', () => {
    const year = viewOf(CHECKED, { changes: YEAR })
    const keysOf = (view: CohortView) =>
      [...listTrajectoryFigures(view), ...listResponseFigures(view)].flatMap(({ key }) =>
        key.flatMap(({ marks, text }) => {
          const [, name] = /^Published: (.*) \(/.exec(text) ?? []
          return name === undefined ? [] : [`${name} ${JSON.stringify(marks)}`]
        }),
      )
    const all = keysOf(withReferences(year, 'ASHAR2022', 'FSO794', 'RESPINE', 'MPC-P2'))
    expect(new Set(all.map(text => text.split(' [')[0])).size).toBe(new Set(all).size)
    expect(all).toEqual(expect.arrayContaining(keysOf(withReferences(year, 'FSO794'))))
  })

  // Bates 2022 gives rates at 12 months and later: none lies in half a year
  it('have no line in the legend and no note where none of their points is drawn', () => {
    const half = { ...YEAR, visits: YEAR.visits.filter(({ code }) => code !== 'M3') }
    const rates = (changes: typeof YEAR) =>
      listResponseFigures(withReferences(viewOf(CHECKED, { changes }), 'FSO794')).find(
        ({ name }) => name === 'responder-rates',
      )
    expect(JSON.stringify(rates(YEAR)?.key)).toContain('Bates')
    const shorter = rates(half)
    expect(shorter?.panels.length).toBeGreaterThan(0)
    expect(JSON.stringify([shorter?.key, shorter?.note, shorter?.caption])).not.toContain('Bates')
  })

  it('draw every panel at every width, by one arm and by three', () => {
    for (const arms of [[THREE_ARMS[0]], THREE_ARMS]) {
      const changes = { ...YEAR, arms: arms.flatMap(arm => arm ?? []) }
      const view = withReferences(
        viewOf([...CHECKED, ...CHECKED], { changes }),
        'ASHAR2022',
        'FSO794',
        'MPC-P2',
      )
      for (const { panels } of [...listReferenceFigures(view), ...listTrajectoryFigures(view)])
        for (const { size, draw } of panels)
          for (const width of Object.values(PANEL_WIDTHS[size])) expectInside(draw(width))
    }
  })
})
