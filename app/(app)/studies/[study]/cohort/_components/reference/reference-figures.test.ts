import { describe, expect, it } from 'vitest'
import { expectInside, textsOf } from '@/app/_ui/charts/__fixtures__/geometry'
import { atLeast, makeRule, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
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
