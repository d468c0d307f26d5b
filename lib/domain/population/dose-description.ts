import { numberOf } from '@/lib/domain/logs/answer-values'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveMeasuredLine } from '@/lib/domain/population/baseline-line'
import type { BaselineCell } from '@/lib/domain/population/baseline-types'
import { MOST_MARKED } from '@/lib/domain/population/most-marked'
import type { DoseDetails, PopulationData } from '@/lib/domain/population/population-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { listDoseFields } from '@/lib/domain/treatments/dose-form'

/** What was given, dose by dose. */
export interface DoseDescription {
  /** Null: hidden from this reader, since what was given may tell the arm. */
  readonly doses: readonly DescribedDose[] | null
  readonly dosesReason?: 'masked'
}

export interface DescribedDose {
  readonly treatment: string
  readonly label: string
  readonly arm: string
  /** Doses given. */
  readonly given: number
  readonly measures: readonly DoseMeasure[]
}

export type DoseMeasure = {
  /** Field of the dose's form, e.g. `CELL_COUNT`. */
  readonly code: string
  readonly label: string
  readonly unit: string
  /** One for each dose with a value; without subjects where participants may not be named, null above 200 participants. */
  readonly values: readonly { readonly subject: string | null; readonly value: number }[] | null
} & Omit<BaselineCell, 'categories'>

/**
 * Cells, viability, amount and volume of every dose of the protocol by arm: n, missing, mean, SD, quartiles and range, in
 * the unit of the form. Doses of members of the analysis set, dated up to the cut. A measure that no dose has is left out;
 * a treatment nobody of the arm had too.
 * Source: lib/domain/treatments (fields of a dose). Checked against hand counts in swimmer.test.ts.
 * Example: two first doses of 10.2 and 10.4 million cells → mean 10.3, range 10.2 to 10.4.
 */
export function describeDoses(
  cohort: PreparedCohort,
  protocol: Protocol,
  { doses, dataCut }: Pick<PopulationData, 'doses' | 'dataCut'>,
): DoseDescription {
  if (doses === null) return { doses: null, dosesReason: 'masked' }
  const given = doses.filter(({ date }) => date === null || date <= dataCut)
  const described = cohort.arms.flatMap(arm => {
    const members = new Map(
      arm.members.map(position => [cohort.set.members[position]?.participant, position] as const),
    )
    const own = given.filter(({ participant }) => members.has(participant))
    return protocol.treatments.flatMap((plan): DescribedDose[] => {
      const rows = own.filter(({ plan: code }) => code === plan.code)
      if (rows.length === 0) return []
      const nameOf = ({ participant }: DoseDetails) => {
        const member = cohort.set.members[members.get(participant) ?? -1]
        // A site at which the reader does not work is blank: its participants have no page to open.
        return cohort.namesParticipants && member && member.site !== '' ? member.subject : null
      }
      const measures = listDoseFields(plan)
        .filter(({ type }) => type === 'decimal' || type === 'integer')
        .map(({ code, label, unit = '' }) =>
          toMeasure({ code, label, unit }, rows, nameOf, cohort.set.members.length <= MOST_MARKED),
        )
      return [
        {
          treatment: plan.code,
          label: plan.name,
          arm: arm.code,
          given: rows.length,
          measures: measures.filter(({ n }) => n > 0),
        },
      ]
    })
  })
  return { doses: described }
}

function toMeasure(
  naming: { readonly code: string; readonly label: string; readonly unit: string },
  rows: readonly DoseDetails[],
  nameOf: (row: DoseDetails) => string | null,
  isMarked: boolean,
): DoseMeasure {
  const values = rows.map(({ details }) => numberOf(details, naming.code))
  const everybody = rows.map((_, index) => index)
  const [cell] = deriveMeasuredLine({ ...naming, heading: '' }, values, {
    members: [everybody],
    isCoarse: false,
  }).cells
  if (!cell) throw new Error('a line has a cell for each group')
  const { categories: _, ...described } = cell
  const marks = rows.flatMap((row, index) => {
    const value = values[index] ?? null
    return value === null ? [] : [{ subject: nameOf(row), value }]
  })
  // Without names the order of rows must not tell whose a value is.
  const ordered = marks.every(({ subject }) => subject === null)
    ? marks.toSorted((a, b) => a.value - b.value)
    : marks
  return { ...naming, ...described, values: isMarked ? ordered : null }
}
