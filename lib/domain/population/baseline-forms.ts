import type { Answer } from '@/lib/domain/instruments/instrument'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'
import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveCountedLine, deriveMeasuredLine, type LineGroups } from '@/lib/domain/population/baseline-line'
import type { BaselineLine } from '@/lib/domain/population/baseline-types'
import type { BaselineForm, PopulationData } from '@/lib/domain/population/population-data'
import type { FormField, FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import { groupRows } from '@/lib/domain/shared/group-rows'

type Value = Extract<Answer, { value: unknown }>['value']

const YES_NO = [
  { code: 'yes', label: 'Yes' },
  { code: 'no', label: 'No' },
]

/**
 * A line for each number, choice and yes-or-no of the study's own forms at the baseline visits; texts and dates have none.
 * The value is the last that counts as baseline, by the rule of scores (`deriveBaseline`, rule `single`). Forms that are
 * filled in by place are left out: they are not about the person.
 * Missing rule: a missing reason and a blank alike are missing. Source: clinical.md §3, baseline.
 * Example: form EXAM with BMI and SMOKER → lines `EXAM.BMI`, `EXAM.SMOKER`.
 */
export function deriveFormLines(
  cohort: PreparedCohort,
  protocol: Protocol,
  { baselineForms, dataCut }: Pick<PopulationData, 'baselineForms' | 'dataCut'>,
  groups: LineGroups,
): BaselineLine[] {
  const atBaseline = new Set(
    protocol.visits
      .filter(visit => protocol.baseline.visits.includes(visit.code))
      .flatMap(visit => visit.forms),
  )
  const rows = baselineForms.filter(({ date }) => date === null || date <= dataCut)
  return protocol.forms
    .filter(form => atBaseline.has(form.code) && !form.locations?.length)
    .flatMap(form => {
      const own = groupRows(
        rows.filter(row => row.form === form.code),
        row => row.participant,
      )
      return form.fields.flatMap(field => {
        const values = cohort.set.members.map(member =>
          findBaselineValue(own.get(member.participant) ?? [], member, field.code, protocol.baseline.visits),
        )
        return toLine(form, field, values, groups) ?? []
      })
    })
}

function findBaselineValue(
  forms: readonly BaselineForm[],
  member: CohortParticipant,
  field: string,
  visits: Protocol['baseline']['visits'],
): Value | null {
  const found: Value[] = []
  const rows = forms.flatMap((form): CohortScore[] => {
    const answer = form.answers[field]
    if (!answer || !('value' in answer)) return []
    found.push(answer.value)
    const { participant, visit, date, beforeTreatment, repeat } = form
    const place = { location: null, laterality: null, missingReason: null, parameter: field }
    // The value of a row is the place of the answer in the list, so that texts follow the rule of scores too.
    return [{ participant, visit, date, beforeTreatment, repeat, value: found.length - 1, ...place }]
  })
  const place = deriveBaseline(rows, member, { visits, rule: 'single' })
  return place === null ? null : (found[place] ?? null)
}

function toLine(
  form: FormPlan,
  field: FormField,
  values: readonly (Value | null)[],
  groups: LineGroups,
): BaselineLine | null {
  const naming = { code: `${form.code}.${field.code}`, label: field.label, heading: form.label }
  switch (field.type) {
    case 'integer':
    case 'decimal':
      return deriveMeasuredLine(
        { ...naming, unit: field.unit ?? '' },
        values.map(value => (typeof value === 'number' ? value : null)),
        groups,
      )
    case 'boolean':
      return deriveCountedLine(
        naming,
        'one',
        values.map(value => (typeof value === 'boolean' ? [value ? 'yes' : 'no'] : null)),
        groups,
        YES_NO,
      )
    case 'choice':
    case 'multi':
      return deriveCountedLine(
        naming,
        field.type === 'multi' ? 'many' : 'one',
        values.map(value => (typeof value === 'string' ? [value] : typeof value === 'object' ? value : null)),
        groups,
        field.choices ?? [],
      )
    default:
      return null
  }
}
