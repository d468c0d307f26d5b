/** One cell of an exported file. Null: nothing to say; the reason, if there is one, stands in its own column. */
export type Cell = string | number | boolean | null

/**
 * `analysis` is lossless, for statistics programs; `spreadsheet` takes from text cells the power to run as a formula.
 */
export type Flavour = 'analysis' | 'spreadsheet'

const NEEDS_QUOTES = /[",\n\r]/

/**
 * What a spreadsheet would take for the beginning of a formula or command, ASCII or full-width, also after blanks,
 * byte-order marks and zero-width characters that it passes over.
 */
const RUNS = /^[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/**
 * One line of a CSV file, with its line end. Text is quoted where it holds a comma, a quote or a line end; numbers are
 * bare in both flavours, in the shortest digits that read back to the same double; booleans are 1 and 0; null is empty.
 * Errors: throws on NaN and infinities, which no cell may hold. Source: RFC 4180, with `\n` for the line end;
 * OWASP, CSV injection. Example: `formatCsvLine(['a,b', -5.2, true, null], 'analysis')` → `"a,b",-5.2,1,` and `\n`.
 */
export function formatCsvLine(cells: readonly Cell[], flavour: Flavour): string {
  let line = ''
  for (let index = 0; index < cells.length; index++) {
    if (index > 0) line += ','
    const cell = cells[index]
    if (typeof cell === 'string') line += formatText(cell, flavour)
    else if (typeof cell === 'number') line += formatNumber(cell)
    else if (typeof cell === 'boolean') line += cell ? '1' : '0'
  }
  return `${line}\n`
}

/**
 * A text that no spreadsheet runs: an apostrophe goes before one that begins like a formula.
 * Example: `defuseText('=1+1')` → `'=1+1` with an apostrophe before it; `defuseText('M12')` → `M12`.
 */
export function defuseText(text: string): string {
  return RUNS.test(text) ? `'${text}` : text
}

function formatText(text: string, flavour: Flavour): string {
  const safe = flavour === 'spreadsheet' ? defuseText(text) : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be exported`)
  return value === 0 ? '0' : String(value)
}
