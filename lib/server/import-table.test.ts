import { describe, expect, it } from 'vitest'
import { IMPORT_LIMITS, readTable } from './import-table'

const read = (text: string | Uint8Array) =>
  readTable(typeof text === 'string' ? Buffer.from(text, 'utf8') : text)

function refusal(text: string | Uint8Array) {
  const table = read(text)
  if (table.ok || table.error.code !== 'fileRefused') throw new Error('the file was not refused')
  return table.error
}

describe('a CSV file', () => {
  it('is read with and without a byte-order mark, with any line end, with blank lines and quoted line ends', () => {
    const rows = [
      { row: 2, cells: ['1', 'x'] },
      { row: 4, cells: ['2', 'a\nb'] },
      { row: 5, cells: ['3', 'é'] },
    ]
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a,b', '1,x', '', '2,"a\nb"', '3,é', ''].join(end)
      expect(read(text)).toEqual({ ok: true, value: { header: ['a', 'b'], rows } })
      expect(read(`\ufeff${text}`)).toEqual({ ok: true, value: { header: ['a', 'b'], rows } })
    }
  })

  it.each([
    ['', 1, 'The file is empty.'],
    ['\ufeff \n\n', 1, 'The file is empty.'],
    ['a,b\n', 1, 'The file has a header and no rows.'],
    ['a;b\n1;2\n', 1, 'The columns are separated by semicolons or tabs. Save the file with commas.'],
    ['a,b\n1,2\n1,2,3\n', 3, 'This row has 3 cells, but the header has 2.'],
    ['a,b\n1\n', 2, 'This row has 1 cells, but the header has 2.'],
    ['a,a\n1,2\n', 1, 'Column 2 is called a, as column 1 is.'],
    ['a,,b\n1,2,3\n', 1, 'Column 2 has no name.'],
    ['a,b\n1,2\n3,"4\n', 3, 'A quotation mark is opened in this row and never closed.'],
    ['a,b\n"1"x,2\n', 2, 'A quoted cell goes on after its closing quotation mark.'],
    ['a,b\n1x"y",2\n', 2, 'A quotation mark stands inside a cell that is not quoted.'],
    ['a,b\n1,2\n3,\0\n', 3, 'The file holds a NUL byte'],
  ])('that cannot be read as one is refused with its row: %j', (text, row, why) => {
    const [cell] = refusal(text).cells
    expect(cell?.row).toBe(row)
    expect(cell?.text).toContain(why)
  })

  it('in another encoding is refused, with the row of the first wrong byte', () => {
    expect(
      refusal(Buffer.from([...Buffer.from('a,b\n1,Gr'), 0xfc, ...Buffer.from('n\n')])).cells[0],
    ).toMatchObject({
      row: 2,
      text: 'The file is not in UTF-8. Save it as CSV in UTF-8.',
    })
    expect(refusal(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le')).cells[0]?.text).toContain('UTF-16')
  })

  it('tells all that is wrong up to a limit, and how much more there is', () => {
    const { cells, more } = refusal(`a,b\n${'1\n'.repeat(250)}`)
    expect(cells).toHaveLength(100)
    expect(more).toBe(150)
  })
})

describe('a file made to take the memory of the server', () => {
  it.each([
    ['bytes', `a,b\n${'1,2\n'.repeat(IMPORT_LIMITS.bytes / 4)}`],
    ['cells of one row', `a,b\n${','.repeat(IMPORT_LIMITS.cells)}`],
    ['columns', `${'a,'.repeat(IMPORT_LIMITS.columns)}a\n`],
    ['rows', `a\n${'1\n'.repeat(IMPORT_LIMITS.rows + 1)}`],
  ])('with too many %s is refused within seconds and 300 MB', (_, text) => {
    const bytes = Buffer.from(text)
    const before = process.memoryUsage().rss
    const start = process.hrtime.bigint()
    expect(refusal(bytes).cells).toHaveLength(1)
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(5)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })
})
