import { flatten } from '@/app/_ui/charts/__fixtures__/geometry'
import { TICK_LABEL } from '@/app/_ui/charts/axes'
import { formatDecimal } from '@/lib/format/numbers'
import { type FigurePanel, PANEL_WIDTHS, type ReportFigure } from '../report-figure'
import { listRows, type ReportRow } from '../report-table'

const NUMBER = /−?\d+(?:\.\d+)?/g
/** What an axis says of places on it: visits, days, thresholds. */
const PLACE = /^[−≥–\d.%† ]+$/
/** A label and what was counted: `Enrolled, n = 12`, `Lost to follow-up: 2`. */
const COUNTED = /^(?<label>.*?)(?:,? ?n = |: |^)(?<count>\d+)$/

const WORD = /\p{L}/u
/** As the legend names a published trial: `Ashar 2022`. */
const PUBLISHED = /(?<=^Published: )\S+ \d{4}/

/**
 * Numbers written in a figure's drawings which its table does not show for the same panel, neither as it stands nor less
 * exactly, and how many were looked at. Labels of scales and names that contain a number are none of the study's numbers.
 */
export function findUndocumentedNumbers(figure: ReportFigure): { drawn: number; unknown: string[] } {
  const rows = listRows(figure.table)
  const names = [
    figure.title,
    ...figure.panels.map(({ title }) => title),
    ...figure.table.columns.map(({ label }) => label),
  ]
  for (const [at, { kind }] of figure.table.columns.entries())
    if (kind !== 'number') names.push(...rows.map(row => row[at]?.text ?? ''))
  names.push(
    ...figure.panels.flatMap(listSubjects),
    ...figure.key.flatMap(({ text }) => text.match(PUBLISHED) ?? []),
  )
  const known = [...new Set(names)].filter(name => /\d/.test(name)).toSorted((a, b) => b.length - a.length)
  let drawn = 0
  const unknown: string[] = []
  for (const panel of figure.panels) {
    const own = rowsOf(panel, rows)
    const shown = new Set(own.flatMap(row => row.flatMap(cell => cell.text.match(NUMBER) ?? [])))
    const values = own.flatMap(row =>
      row.flatMap(cell => cell.values.filter(value => typeof value === 'number')),
    )
    for (const count of [...countLines(figure, own), ...countWithFilledIn(figure, own)])
      shown.add(String(count))
    for (const text of textsOf(panel)) {
      for (const number of withoutNames(text, known).match(NUMBER) ?? []) {
        drawn += 1
        if (!shown.has(number) && !isCoarser(number, values))
          unknown.push(`${figure.name} ${panel.name}: “${text}”`)
      }
    }
  }
  return { drawn, unknown: [...new Set(unknown)] }
}

function listSubjects({ draw, size }: FigurePanel): string[] {
  const { wide } = PANEL_WIDTHS[size]
  return draw(wide).marks.flatMap(mark => (mark.kind === 'link' ? [mark.subject] : []))
}

/** Texts with a number at any width, but for those that tell places on an axis. */
function textsOf({ size, draw }: FigurePanel): Set<string> {
  const texts = Object.values(PANEL_WIDTHS[size]).flatMap(width =>
    flatten(draw(width).marks).flatMap(mark => {
      if (mark.kind !== 'text' || !/\d/.test(mark.text)) return []
      const looks = mark.className.split(' ')
      if (looks.includes(TICK_LABEL) || (looks.includes('l') && PLACE.test(mark.text))) return []
      return [mark.text]
    }),
  )
  return new Set(texts)
}

/** Where each line is a participant: how many of a score and visit have a value. */
function countLines({ table: { columns } }: ReportFigure, rows: readonly ReportRow[]): number[] {
  if (!columns.some(({ names }) => names.includes('subject'))) return []
  const of = columns.flatMap(({ names }, at) =>
    names.some(name => /^(parameter|visit)$/.test(name)) ? [at] : [],
  )
  const value = columns.findIndex(({ names }) => names.includes('percent_improvement'))
  const counts = new Map<string, number>()
  for (const row of rows) {
    const key = of.map(at => row[at]?.text).join(' ')
    counts.set(key, (counts.get(key) ?? 0) + (row[value]?.values.length === 1 ? 1 : 0))
  }
  return [...counts.values()]
}

/** How many values a mean is of where some were filled in. */
function countWithFilledIn({ table: { columns } }: ReportFigure, rows: readonly ReportRow[]): number[] {
  const [n, filledIn] = ['n', 'n_imputed'].map(name => columns.findIndex(({ names }) => names[0] === name))
  if (n === undefined || filledIn === undefined || filledIn < 0) return []
  return rows.map(row => Number(row[n]?.values[0]) + Number(row[filledIn]?.values[0]))
}

/** The lines of one panel, where it is of one score, rule or arm; else all. */
function rowsOf({ name }: FigurePanel, rows: readonly ReportRow[]): readonly ReportRow[] {
  const own = rows.filter(row => {
    const codes = row.flatMap(cell => cell.values).filter(value => typeof value === 'string')
    return codes.some(code => code === name || codes.some(other => `${code}-${other}` === name))
  })
  return own.length > 0 ? own : rows
}

/** A name may go on in the next line of a drawing: a part of one is one too. */
function withoutNames(text: string, known: readonly string[]): string {
  const { label = text, count = '' } = COUNTED.exec(text)?.groups ?? {}
  if (known.includes(text)) return ''
  if (WORD.test(label) && known.some(name => name.includes(label.trim()))) return count
  return known.filter(name => WORD.test(name)).reduce((rest, name) => rest.replaceAll(name, ' '), text)
}

function isCoarser(number: string, values: readonly number[]): boolean {
  const decimals = number.split('.')[1]?.length ?? 0
  return values.some(value => formatDecimal(value, decimals) === number)
}
