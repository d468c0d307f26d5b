import { expect, it } from 'vitest'
import { formatAnalgesicUse } from '@/lib/format/analgesics'

const level = { parameter: 'ANALGESIC_LEVEL' }
const morphine = { parameter: 'MME_DAY' }

it.each([
  [{ ...level, baseline: 3, value: 2 }, 'Level 2, was 3 at baseline: fall'],
  [{ ...level, baseline: 0, value: 1 }, 'Level 1, was 0 at baseline: rise'],
  [{ ...level, baseline: 1, value: 1 }, 'Level 1, was 1 at baseline: unchanged'],
  [{ ...level, baseline: null, value: 1 }, 'Level 1, no baseline: change unknown'],
  [{ ...level, baseline: null, value: 1, isBaseline: true }, 'Level 1'],
  [{ ...level, baseline: 2, value: null }, 'Level not recorded'],
  [{ ...level, baseline: 2, value: null, missingReason: 'declined' }, 'Level missing, declined'],
  [{ ...morphine, baseline: 60, value: 4.7 }, 'Morphine equivalents 4.7 mg/day, was 60 at baseline: fall'],
  [
    { ...morphine, baseline: 60, value: null, missingReason: 'noFactor' },
    'Morphine equivalents missing, an opioid without a morphine factor',
  ],
])('%o reads “%s”', (use, text) => expect(formatAnalgesicUse(use)).toBe(text))
