import { GRADES, RELATIONS } from '@/lib/domain/logs/adverse-event-fields'
import type { StoryEvent, StoryMedication, StoryPerson } from '@/lib/domain/story/story'
import { formatValue } from '@/lib/format/numbers'

const SEX: Readonly<Record<string, string>> = { female: 'female', male: 'male', intersex: 'intersex' }

/** Who the story is about, as a case report says it. */
export function describePerson({ age, sex, diagnosis }: StoryPerson): string {
  const years = age === null ? 'Age not known' : `${age} years`
  return [years, sex === null ? null : (SEX[sex] ?? null), diagnosis].filter(Boolean).join(', ')
}

/** `~` says that a day follows from a partial date. */
export function describeEvent({ category, grade, isSerious, isEstimated }: StoryEvent): string {
  const parts = [category, grade === null ? null : `grade ${grade}`, isSerious ? 'serious' : null]
  return `${isEstimated ? '~' : ''}${parts.filter(Boolean).join(', ')}`
}

export function describeGrade({ grade, isSerious, relation }: StoryEvent): string {
  const label = GRADES.find(({ code }) => code === String(grade))?.label
  const judged = RELATIONS.find(({ code }) => code === relation)?.label.toLowerCase() ?? 'relation not judged'
  const parts = [label ? `Grade ${label}` : 'Not graded', isSerious ? 'serious' : null, judged]
  return parts.filter(Boolean).join(', ')
}

const WHY: Readonly<Record<NonNullable<StoryMedication['morphineReason']>, string>> = {
  noTable: 'no factor table in this study',
  noFactor: 'no morphine factor',
  amountUnknown: 'amount not known',
}

/** Morphine equivalents of a day, or why an opioid has none; '' of what is no opioid. */
export function describeMorphine({ morphineADay, morphineReason }: StoryMedication): string {
  if (morphineADay !== null) return `${formatValue(morphineADay)} mg MME a day`
  return morphineReason === null ? '' : WHY[morphineReason]
}

export function describeMedication(medication: StoryMedication): string {
  const { drug, isEstimated, morphineADay } = medication
  const morphine = morphineADay === null ? '' : `, ${formatValue(morphineADay)} MME`
  return `${isEstimated ? '~' : ''}${drug}${morphine}`
}
