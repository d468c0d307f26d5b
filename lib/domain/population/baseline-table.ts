import { deriveCurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { POOLED_ARM } from '@/lib/domain/outcomes/reported-arms'
import { deriveFormLines } from '@/lib/domain/population/baseline-forms'
import { deriveHistoryLines } from '@/lib/domain/population/baseline-history'
import { deriveCountedLine, deriveMeasuredLine, type LineGroups } from '@/lib/domain/population/baseline-line'
import type { BaselineLine, BaselineTable } from '@/lib/domain/population/baseline-types'
import type { PopulationData, ScreenedRecord } from '@/lib/domain/population/population-data'
import { concealSmallCells } from '@/lib/domain/population/small-cells'
import type { Protocol } from '@/lib/domain/protocol/protocol'

const SEXES = [
  { code: 'female', label: 'Female' },
  { code: 'male', label: 'Male' },
  { code: 'intersex', label: 'Intersex' },
  { code: 'notStated', label: 'Not stated' },
]

/**
 * The baseline table: persons, the study's own forms at the baseline visits, the condition and its earlier treatment, and
 * the baseline of every score, by arm of the analysis set; no p values, since arms were made by chance or not at all.
 * Missing rule: values present; n and missing stand with every line. Lines nobody has a value of are left out, but for age
 * and sex. By arm nothing that could tell whose arm it is to whom that is closed: no range, rare text or small count.
 * Source: clinical.md §3 (baseline, screening and age); CONSORT 2010, item 15. Checked in baseline-table.test.ts.
 * Example: nine treated, one without BMI → line `EXAM.BMI` with n 8, missing 1.
 */
export function computeBaselineTable(
  cohort: PreparedCohort,
  protocol: Protocol,
  data: PopulationData,
): BaselineTable {
  const { members } = cohort.set
  const isByArm = cohort.arms.length > 1
  const all = { code: POOLED_ARM, label: 'All arms', members: members.map((_, position) => position) }
  const reported = isByArm ? [...cohort.arms, all] : cohort.arms
  const groups = {
    members: reported.map(arm => arm.members),
    isCoarse: deriveCurveResolution(cohort) === 'coarse',
  }
  const byParticipant = new Map(data.people.map(person => [person.participant, person]))
  const people = members.map(({ participant }) => byParticipant.get(participant))
  const lines = [
    ...derivePersonLines(people, groups),
    ...deriveFormLines(cohort, protocol, data, groups),
    ...deriveHistoryLines(cohort, data, people, groups),
    ...deriveScoreLines(cohort, groups),
  ]
  const tellCells = (line: BaselineLine) => (groups.isCoarse ? concealSmallCells(line) : line.cells)
  return {
    groups: reported.map(({ code, label, members: own }) => ({ arm: code, label, inSet: own.length })),
    lines: lines
      .filter(line => line.code === 'AGE' || line.code === 'SEX' || saysSomething(line))
      .map(line => ({
        ...line,
        cells: tellCells(line).map((cell, index) => ({ arm: reported[index]?.code ?? '', ...cell })),
      })),
  }
}

function saysSomething({ kind, cells }: BaselineLine): boolean {
  return cells.some(({ n, categories }) => n > 0 && (kind !== 'many' || categories.some(({ k }) => k > 0)))
}

function derivePersonLines(
  people: readonly (ScreenedRecord | undefined)[],
  groups: LineGroups,
): BaselineLine[] {
  const heading = 'Participants'
  const sexes = people.map(person => (person?.sex ? [person.sex] : null))
  const found = new Set<string | null>(sexes.flat())
  return [
    deriveMeasuredLine(
      { code: 'AGE', label: 'Age at consent', unit: 'years', heading },
      people.map(person => person?.age ?? null),
      groups,
    ),
    deriveCountedLine(
      { code: 'SEX', label: 'Sex', heading },
      'one',
      sexes,
      groups,
      SEXES.filter(({ code }) => code === 'female' || code === 'male' || found.has(code)),
    ),
  ]
}

/** Profiles are told by their dimensions, which are lines of their own. */
function deriveScoreLines(cohort: PreparedCohort, groups: LineGroups): BaselineLine[] {
  return cohort.grids
    .filter(grid => grid.measuredAtBaseline && grid.parameter.kind !== 'profile')
    .map(({ parameter, baselines }) => {
      const naming = { code: parameter.code, label: parameter.label, heading: 'Baseline scores' }
      const { kind } = parameter
      if (kind === 'continuous' || kind === 'duration')
        return deriveMeasuredLine({ ...naming, unit: parameter.unit }, baselines, groups, kind)
      const levels = (parameter.levels ?? []).map(({ value, label }) => ({ code: String(value), label }))
      const codes = baselines.map(value => (value === null ? null : [String(value)]))
      return deriveCountedLine(naming, 'one', codes, groups, levels)
    })
}
