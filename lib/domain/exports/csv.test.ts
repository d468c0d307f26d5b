import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cell, defuseText, formatCsvLine } from '@/lib/domain/exports/csv'

const line = (cells: readonly Cell[], flavour: 'analysis' | 'spreadsheet' = 'analysis') =>
  formatCsvLine(cells, flavour)

describe('a line of CSV', () => {
  it('is quoted as RFC 4180 says, and ends in \\n', () => {
    expect(line(['a', 'b,c', 'say "no"', 'two\nlines', 'cr\r', ''])).toBe(
      'a,"b,c","say ""no""","two\nlines","cr\r",\n',
    )
  })

  it('writes numbers bare in both flavours, in the shortest digits that read back, without a minus before 0', () => {
    for (const flavour of ['analysis', 'spreadsheet'] as const) {
      expect(line([-5.2, 0.1 + 0.2, 35.55555555555556, 1e-7, -0, 6], flavour)).toBe(
        '-5.2,0.30000000000000004,35.55555555555556,1e-7,0,6\n',
      )
    }
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        expect(Number(line([value]).trim()) === value).toBe(true)
      }),
    )
  })

  it('writes booleans as 1 and 0 and what is missing as nothing', () => {
    expect(line([true, false, null])).toBe('1,0,\n')
  })

  it('refuses a number that is none, instead of writing a word', () => {
    expect(() => line([Number.NaN])).toThrow(RangeError)
    expect(() => line([Number.POSITIVE_INFINITY])).toThrow(RangeError)
  })

  it('gives any text back unchanged in the analysis flavour', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 8 }), texts => {
        const cells = texts.map(text => text.replaceAll('\0', '').toWellFormed())
        expect(parse(line(cells), { record_delimiter: '\n' })).toEqual([cells])
      }),
    )
  })
})

// The list of OWASP, CSV injection, with the forms that spreadsheets were seen to run besides.
const FORMULAS = [
  '=1+1',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u00a0=1',
  '\ufeff=1',
  '\u200b=1',
  '＝1',
  '＋1',
  '－1',
  '＠A',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x")',
  '\tx',
]

describe('the spreadsheet flavour', () => {
  it.each(FORMULAS)('takes from %j the power to run', formula => {
    const [cell] =
      (parse(line([formula, 'x'], 'spreadsheet'), { record_delimiter: '\n' }) as string[][])[0] ?? []
    expect(cell).toBe(`'${formula}`)
  })

  it('leaves plain text, dates and labels as they are', () => {
    for (const text of ['M12', '2026-04-16', 'L4/L5', 'a=b', "'quoted", 'MEL-003', ''])
      expect(defuseText(text)).toBe(text)
  })

  it('leaves no cell that begins a formula, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(/^[\s\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(defuseText(text))).toBe(false)
      }),
    )
  })
})
