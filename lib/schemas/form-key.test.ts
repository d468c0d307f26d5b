import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFormKey, LATERALITIES, MAX_LOCATION, parseFormKey } from './form-key'

describe('the key of a form on its page', () => {
  it.each([
    [{ code: 'nprs', location: '', laterality: '', repeat: 1 }, 'nprs'],
    [{ code: 'EXAM', location: '', laterality: '', repeat: 2 }, 'EXAM#2'],
    [{ code: 'mri', location: 'L4/L5', laterality: '', repeat: 1 }, 'mri@L4%2FL5'],
    [{ code: 'mri', location: 'knee', laterality: 'left', repeat: 3 }, 'mri@knee~left#3'],
  ] as const)('of %j is %s, and back', (place, key) => {
    expect(formatFormKey(place)).toBe(key)
    expect(parseFormKey(key)).toEqual(place)
  })

  it('holds any place without a dot, so that it stays whole in the name of a control', () => {
    const location = fc.string({ maxLength: MAX_LOCATION, unit: 'grapheme' }).map(text => text.trim())
    const place = fc.record({
      location,
      laterality: fc.constantFrom(...LATERALITIES),
      repeat: fc.integer({ min: 1, max: 999 }),
    })
    fc.assert(
      fc.property(place, ({ location: where, laterality, repeat }) => {
        fc.pre(where.length <= MAX_LOCATION)
        const form = { code: 'mri', location: where, laterality, repeat }
        const key = formatFormKey(form)
        expect(key).not.toContain('.')
        expect(parseFormKey(key)).toEqual(form)
      }),
    )
  })

  it.each(['', '#2', 'mri#0', 'mri#x', 'mri@%E0%A4%A', 'mri@ L4', 'mri~up', `mri@${'x'.repeat(41)}`])(
    '“%s” is none',
    key => {
      expect(parseFormKey(key)).toBeUndefined()
    },
  )
})
