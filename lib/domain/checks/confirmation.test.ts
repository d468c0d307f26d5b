import { describe, expect, it } from 'vitest'
import {
  CONFIRMATION_REASONS,
  formatConfirmation,
  isConfirmed,
  nameKey,
  readConfirmation,
  writeConfirmation,
} from '@/lib/domain/checks/confirmation'

describe('a confirmation', () => {
  it('is read back as the reason and key that were written', () => {
    for (const reason of CONFIRMATION_REASONS) {
      const key = 'painOrder.NPRS_WORST.NPRS_AVG:NPRS_WORST=4,NPRS_AVG=5'
      expect(readConfirmation(writeConfirmation(reason, key))).toEqual({ reason, key })
    }
  })

  it('without a reason stands for the form, as before there were reasons', () => {
    expect(readConfirmation('workHours:WORK_CAPACITY=0,WORK_HOURS=20').reason).toBe('asMarked')
  })

  it.each([
    ['asMarked', 'as on the form'],
    ['inNotes', 'checked in the notes'],
    ['other: called back', 'called back'],
    ['unconfirmed', 'not confirmed'],
    [undefined, 'not confirmed'],
  ])('stored as %s is told as %s', (stored, text) => {
    expect(formatConfirmation(stored)).toBe(text)
  })

  it('from a file is none', () => {
    expect([isConfirmed('unconfirmed'), isConfirmed(undefined), isConfirmed('other: x')]).toEqual([
      false,
      false,
      true,
    ])
  })

  it.each([
    ['', '811c9dc5'],
    ['a', 'e40c292c'],
    ['foobar', 'bf9cf968'],
  ])('names the key “%s” by its FNV-1a hash', (key, hash) => {
    expect(nameKey(key)).toBe(hash)
  })
})
