import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ImportMappingFile } from './imports'

const committed = JSON.parse(
  readFileSync(new URL('../../e2e/acceptance/ashar2022.mapping.json', import.meta.url), 'utf8'),
) as Record<string, unknown>

describe('a mapping file', () => {
  it('that is committed is read', () => {
    const parsed = ImportMappingFile.safeParse(committed)
    expect(parsed.success && parsed.data.missing).toEqual({ NaN: null, '<undefined>': null })
  })

  it.each([
    [{ format: 2 }, 'format', 'The format of mappings is 1.'],
    [{ subject: 'id' }, 'subject', 'Write { "column": … } or { "value": … }.'],
    [{ visit: undefined }, 'visit', 'Write { "column": … } or { "value": … }.'],
    [{ skip: [{ reason: 'x', column: 'a' }] }, 'skip.0', 'Give exactly one of equals and isMissing.'],
    [
      { skip: [{ reason: ' ', column: 'a', isMissing: true }] },
      'skip.0.reason',
      'Say why these rows are left out.',
    ],
    [{ participant: { name: { column: 'name' } } }, 'participant', 'name'],
    [{ colums: {} }, '', 'colums'],
  ])('with a mistake is refused with the place: %j', (wrong, path, text) => {
    const parsed = ImportMappingFile.safeParse({ ...committed, ...wrong })
    const issue = parsed.error?.issues[0]
    expect(issue?.path.join('.')).toBe(path)
    expect(issue?.message).toContain(text)
  })
})
