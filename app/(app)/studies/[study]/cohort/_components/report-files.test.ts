import { describe, expect, it } from 'vitest'
import { day } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { CHECKED, viewOf } from './__fixtures__/cohort-view'
import { listNumberedFigures } from './numbered-figures'
import { formatReportCsv } from './report-csv'
import { findReportFile, formatFigureCsv, formatFigureSvg } from './report-files'

describe('files of the report', () => {
  const source = {
    study: 'TEST',
    dataCut: day('2024-06-01'),
    asOf: 12,
    synthetic: true,
    view: DEFAULT_ANALYSIS_VIEW,
  }

  it('quote as RFC 4180, keep full precision and give the reason of a missing number its own column', () => {
    const csv = formatReportCsv(
      {
        columns: [
          { names: ['rule'], label: 'Rule', kind: 'head' },
          { names: ['lower', 'upper'], label: '95% CI', kind: 'number' },
        ],
        rows: [
          [
            { text: 'x', values: ['a "b", c'] },
            { text: '1.0 to 2.0', values: [1 / 3, 2] },
          ],
          [
            { text: 'y', values: ['d'] },
            { text: 'no values', values: [], reason: 'noValues' },
          ],
        ],
      },
      source,
    )
    expect(csv).toBe(
      'study,data_cut,as_of,synthetic,view,rule,lower,upper,lower_reason\n' +
        'TEST,2024-06-01,12,1,default,"a ""b"", c",0.3333333333333333,2,\n' +
        'TEST,2024-06-01,12,1,default,d,,,noValues\n',
    )
  })

  it('hold no text that a spreadsheet runs, and numbers as they are', () => {
    const columns = [
      { names: ['label'], label: 'Label', kind: 'head' as const },
      { names: ['mean'], label: 'Mean', kind: 'number' as const },
    ]
    const labels = ['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(A1)', '≥ 30 %']
    const rows = labels.map(label => [
      { text: label, values: [label] },
      { text: '−5', values: [-5] },
    ])
    const read = formatReportCsv({ columns, rows }, source).split('\n').slice(1, -1)
    expect(read.map(line => line.replace('TEST,2024-06-01,12,1,default,', ''))).toEqual([
      '"\'=HYPERLINK(""http://x"")",-5',
      "'+1,-5",
      "'-1+1,-5",
      "'@SUM(A1),-5",
      '≥ 30 %,-5',
    ])
  })

  it('carry the badge in every drawing of synthetic data and are well formed', () => {
    const view = viewOf(CHECKED)
    const drawn = listNumberedFigures(view).filter(figure => figure.panels.length > 0)
    expect(drawn.length).toBeGreaterThan(0)
    for (const figure of drawn) {
      const svg = formatFigureSvg(view, figure)
      expect(svg, figure.name).toContain('>Synthetic data<')
      expect(svg, figure.name).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
      expect(svg, figure.name).not.toMatch(/NaN|undefined|Infinity|var\(/)
      expect(svg.match(/<g /g)?.length, figure.name).toBe(svg.match(/<\/g>/g)?.length)
    }
  })

  it('hold the numbers of every figure and table', () => {
    const view = viewOf(CHECKED)
    for (const figure of listNumberedFigures(view))
      expect(formatFigureCsv(view, figure), figure.name).toMatch(/^study,data_cut,as_of,synthetic,/)
  })

  it('are none of another name, and no picture of a table', () => {
    const view = viewOf(CHECKED)
    expect(findReportFile(view, 'trajectories.png')?.format).toBe('png')
    for (const name of [
      '',
      'change',
      'change.txt',
      '../change.csv',
      'nothing.svg',
      'change.svg',
      'change.png',
    ])
      expect(findReportFile(view, name), name).toBeUndefined()
  })
})
