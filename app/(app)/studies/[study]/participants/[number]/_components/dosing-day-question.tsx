'use client'

import { RadioField } from '@/app/_ui/fields'
import { useFormState } from '@/app/_ui/form'
import { DOSING_DAY } from '@/lib/domain/checks/treatment'
import { parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

const BEFORE_OR_AFTER = [
  { value: 'yes', label: 'Yes, before the dose' },
  { value: 'no', label: 'No, after the dose' },
]

/** Asks of the forms dated on the day of the dose; an answer given stays on the form while something else is put right. */
export function DosingDayQuestion() {
  const state = useFormState()
  const asked = state.questions.filter(({ code }) => code.startsWith(DOSING_DAY))
  const names = asked.flatMap(({ fields }) => fields)
  const answered = Object.keys(state.values).filter(
    name => name.startsWith('before.') && !names.includes(name),
  )
  return (
    <>
      {asked.map(({ code, fields: [name = ''], text }) => (
        <RadioField key={code} name={name} label={text} options={BEFORE_OR_AFTER} />
      ))}
      {answered.map(name => (
        <RadioField key={name} name={name} label={labelOf(name)} options={BEFORE_OR_AFTER} />
      ))}
    </>
  )
}

function labelOf(name: string): string {
  const day = parseCalendarDate(name.slice('before.'.length))
  return `Forms of ${day ? formatDate(day) : 'that day'}: were these taken before the dose?`
}
