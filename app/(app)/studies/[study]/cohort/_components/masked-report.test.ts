import { describe, expect, it } from 'vitest'
import { viewOf } from './__fixtures__/cohort-view'
import { listNumberedFigures } from './numbered-figures'
import { formatFigureCsv, formatFigureSvg } from './report-files'

/** Names that occur nowhere else, so that one in a figure means that an arm or a treatment was told. */
const NAMES = /QUARTZ|BASALT|GRANITE|Schist|GIVEN1|Zircon/
const SUBJECT = /[A-Z]{3}-\d{3}/
const ARMS = ['QUARTZ', 'BASALT', 'GRANITE'].map((code, index) => ({
  code,
  name: `Schist ${index}`,
  ratio: index + 1,
}))
const ROWS = [6, 7, 5, 8, 6, 7, 4, 6, 7].map((baseline, index) => [baseline, baseline - 1, index % 4])

function filesOf(masking: Parameters<typeof viewOf>[1]) {
  const view = viewOf(ROWS, {
    ...masking,
    changes: { arms: ARMS, treatments: [{ code: 'GIVEN1', name: 'Zircon injection' }] },
  })
  const figures = listNumberedFigures(view).map(figure => ({
    name: `${figure.name} ${figure.panels.map(({ name }) => name)}`,
    text: JSON.stringify(figure),
    drawn: JSON.stringify(figure.panels.map(panel => panel.draw(320))),
    csv: formatFigureCsv(view, figure),
    svg: figure.panels.length > 0 ? formatFigureSvg(view, figure) : '',
  }))
  return { view, figures, all: JSON.stringify(figures) }
}

const READERS = {
  pooled: { participantArms: true, resultsByArm: false, armsNamed: false },
  masked: { participantArms: false, resultsByArm: true, armsNamed: false },
  maskedAtSite: { participantArms: true, resultsByArm: true, armsNamed: false },
  named: { participantArms: false, resultsByArm: true, armsNamed: true },
  open: { participantArms: true, resultsByArm: true, armsNamed: true },
}

describe('every figure, table and file of the report', () => {
  for (const reader of ['pooled', 'masked', 'maskedAtSite'] as const)
    it(`names no arm, treatment or participant to a reader whose results are ${reader}`, () => {
      const { figures } = filesOf({ masking: READERS[reader] })
      expect(figures.length).toBeGreaterThan(3)
      for (const figure of figures) {
        for (const part of Object.values(figure)) {
          expect(part, figure.name).not.toMatch(NAMES)
          expect(part, figure.name).not.toMatch(SUBJECT)
        }
      }
    })

  it('names arms and no participant to a reader of results by arm who may not know a participant’s', () => {
    const { all } = filesOf({ masking: READERS.named })
    expect(all).toMatch(NAMES)
    expect(all).not.toMatch(SUBJECT)
  })

  it('speaks of masked arms by their letters, and of the same numbers', () => {
    const rowsOf = (csv: string | undefined) =>
      (csv ?? '').split('\n').map(line => line.replace(/QUARTZ|BASALT|GRANITE|[ABC](?=,)/, 'ARM'))
    const masked = filesOf({ masking: READERS.masked })
    const named = filesOf({ masking: READERS.named })
    const change = (of: typeof masked) => of.figures.find(({ name }) => name.startsWith('change'))?.csv
    expect(change(masked)).toMatch(/,A,/)
    expect(change(masked)).toMatch(/,C,/)
    expect(rowsOf(change(masked)).toSorted()).toEqual(rowsOf(change(named)).toSorted())
  })
})
