import { err, ok, type Result } from '@/lib/domain/shared/result'

/**
 * Reads a number as people and files write it: digits with an optional sign and decimal point, blanks around
 * it ignored. A comma is refused by its own name, since 4,5 may be a slip of the locale and 1,000 a thousand.
 * Exponents, hexadecimal and words are no numbers. Example: `parseNumberText('4.50')` → `{ ok: true, value:
 * 4.5 }`.
 */
export function parseNumberText(text: string): Result<number, 'notANumber' | 'decimalComma'> {
  const typed = text.trim()
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(typed)) return ok(Number(typed) + 0)
  return err(/^[+-]?\d+(,\d+)+(\.\d+)?$/.test(typed) ? 'decimalComma' : 'notANumber')
}
