import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import type { FormField } from '@/lib/domain/protocol/protocol'
import { formatAnswer } from './answers'

function show(type: FormField['type'], value: string): string {
  const field: FormField = {
    code: 'F',
    label: 'Field',
    type,
    choices: [{ code: '2024-04-16', label: 'A choice' }],
  }
  const form: FormDefinition = {
    kind: 'plan',
    plan: { code: 'FORM', label: 'Form', repeating: false, fields: [field] },
  }
  return formatAnswer(form, 'F', { value }, {})
}

describe('an answer in words', () => {
  it('free text stays as it was written, also where it looks like a date or a choice', () => {
    expect(show('text', '2024-04-16')).toBe('2024-04-16')
  })

  it('a choice is named by its label, also where its code looks like a date', () => {
    expect(show('choice', '2024-04-16')).toBe('A choice')
  })

  it('a date is shown as it is typed, a partial one in as much as is known', () => {
    expect(show('date', '2024-04-16')).toBe('16 Apr 2024')
    expect(show('partialDate', '2024-04-16')).toBe('16 Apr 2024')
    expect(show('partialDate', '2024-04')).toBe('Apr 2024')
    expect(show('partialDate', '2024')).toBe('2024')
  })
})
