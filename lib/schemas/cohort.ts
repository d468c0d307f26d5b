import { z } from 'zod'
import {
  type AnalysisView,
  DEFAULT_ANALYSIS_VIEW,
  type EventStrategy,
  type MissingDataMethod,
  type TimeAxis,
} from '@/lib/domain/outcomes/analysis-view'
import { checkSubgroupFactor, SUBGROUP_FACTORS } from '@/lib/domain/outcomes/subgroup-factors'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'

export const STRATEGIES = [
  'treatmentPolicy',
  'composite',
  'whileOnFirstDose',
] as const satisfies readonly EventStrategy[]
export const TIME_AXES = ['sinceDayZero', 'sinceLastDose'] as const satisfies readonly TimeAxis[]
export const MISSING_DATA_METHODS = [
  'observed',
  'nonResponder',
  'locf',
  'bocf',
  'worstCase',
] as const satisfies readonly MissingDataMethod[]

/** What of the cohort page is in its address: the same address shows the same view of the same facts. */
export interface CohortControls {
  /** Codes to show; empty: all. */
  readonly parameters: readonly string[]
  readonly visits: readonly string[]
  readonly arms: readonly string[]
  readonly view: AnalysisView
  /** As typed; null: today. */
  readonly dataCut: string | null
  /** Entry of the study's audit; null: the last. */
  readonly asOf: number | null
  /** Codes of published references to lay over; empty: none. */
  readonly references: readonly string[]
}

/** An address or a command's options, as they come: absent, once, or several times. */
type Given = Readonly<Record<string, string | readonly string[] | undefined>>

const listOf = (given: unknown): unknown =>
  (Array.isArray(given) ? given : [given]).filter(each => each !== undefined && each !== '')

/** A control that takes one value; of several the first counts, as elsewhere in addresses. Blank is the default. */
const firstOf = (given: unknown): unknown => {
  const first = Array.isArray(given) ? given[0] : given
  return typeof first === 'string' && first.trim() === '' ? undefined : first
}

export const quote = (given: unknown) => `“${String(Array.isArray(given) ? given.join(', ') : given)}”`
export const listAllowed = (values: readonly string[]) =>
  values.length > 1 ? `${values.slice(0, -1).join(', ')} or ${values.at(-1)}` : (values[0] ?? 'nothing')

const Codes = z.preprocess(
  listOf,
  z
    .array(
      z
        .string()
        .trim()
        .max(64, { error: ({ input }) => `${quote(input)} is too long for a code.` }),
    )
    .max(100, { error: 'Choose at most 100.' })
    .transform(codes => [...new Set(codes)]),
)

function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
  what: string,
  byDefault: Values[number],
) {
  const error = ({ input }: { readonly input?: unknown }) =>
    `${quote(input)} is no ${what}. Choose ${listAllowed(values)}.`
  return z.preprocess(firstOf, z.enum(values, { error }).default(byDefault))
}

const FACTORS = SUBGROUP_FACTORS.map(({ factor }) => factor)

const Subgroup = z.preprocess(
  firstOf,
  z
    .string()
    .max(300, { error: 'A subgroup is named as factor:level, in at most 300 characters.' })
    .transform((text, ctx) => {
      const [factor = '', ...rest] = text.split(':')
      const level = rest.join(':').trim()
      const refuse = (message: string) => {
        ctx.issues.push({ code: 'custom', message, input: text })
        return z.NEVER
      }
      const standing = checkSubgroupFactor(factor)
      if (standing === 'formedAfterBaseline')
        return refuse(
          `${quote(factor)} is known only after baseline, so its groups do not compare like with like. Choose ${listAllowed(FACTORS)}.`,
        )
      if (standing === 'unknown')
        return refuse(`${quote(factor)} is no factor of a subgroup. Choose ${listAllowed(FACTORS)}.`)
      return level === ''
        ? refuse(`${quote(text)} names no level. Write factor:level, for example sex:female.`)
        : { factor, level }
    })
    .nullable()
    .default(null),
)

const InWindow = z.preprocess(
  firstOf,
  z
    .enum(['0', '1'], { error: ({ input }) => `${quote(input)} is no answer. Choose 1, or leave it out.` })
    .default('0')
    .transform(given => given === '1'),
)

const AsOf = z.preprocess(
  firstOf,
  z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, {
      error: ({ input }) => `${quote(input)} is no audit entry. Give its number, for example 120.`,
    })
    .transform(Number)
    .nullable()
    .default(null),
)

const DataCut = z.preprocess(
  firstOf,
  z.string().trim().max(40, { error: 'Enter the data cut as a date.' }).nullable().default(null),
)

const Controls = z.object({
  parameter: Codes,
  visit: Codes,
  arm: Codes,
  subgroup: Subgroup,
  strategy: oneOf(STRATEGIES, 'strategy for events', DEFAULT_ANALYSIS_VIEW.strategy),
  axis: oneOf(TIME_AXES, 'time axis', DEFAULT_ANALYSIS_VIEW.timeAxis),
  missing: oneOf(MISSING_DATA_METHODS, 'method of missing data', DEFAULT_ANALYSIS_VIEW.missingData),
  inWindow: InWindow,
  dataCut: DataCut,
  asOf: AsOf,
  reference: Codes,
})

/**
 * Reads the controls of the cohort page from an address, or from the options of a command. What is absent or blank is
 * the default; names that are no control are left to others; a value that is none of those allowed is refused, each field
 * by itself. Whether the study has such a parameter, visit, arm, level or reference: `checkCohortControls`.
 */
export function readCohortControls(given: Given): Result<CohortControls, AppError> {
  const read = Controls.safeParse(given)
  if (!read.success) {
    return refuse(
      read.error.issues.map(({ path, message }) => {
        const field = String(path[0])
        return { field, value: String(listOf(given[field])), text: message }
      }),
    )
  }
  const { parameter, visit, arm, subgroup, strategy, axis, missing, inWindow, dataCut, asOf, reference } =
    read.data
  return ok({
    parameters: parameter,
    visits: visit,
    arms: arm,
    view: { subgroup, strategy, timeAxis: axis, missingData: missing, inWindowOnly: inWindow },
    dataCut,
    asOf,
    references: reference,
  })
}

function refuse(fields: readonly FieldError[]): Result<never, AppError> {
  return err({ code: 'invalidInput', fields })
}

/**
 * A view as one word, for a column of a file: `default`, or what differs from it in the words of the address.
 * Example: `subgroup=sex:female&missing=locf`.
 */
export function formatView(view: AnalysisView): string {
  return nameView(view) || 'default'
}

/** The same for the name of a file: nothing for the default view. */
export function nameView(view: AnalysisView): string {
  return listViewParts(view)
    .flatMap(([name, values]) => values.map(value => `${name}=${value}`))
    .join('&')
}

function listViewParts(view: AnalysisView): readonly (readonly [name: string, values: readonly string[]])[] {
  const byDefault = DEFAULT_ANALYSIS_VIEW
  const unless = (value: string, usual: string) => (value === usual ? [] : [value])
  return [
    ['subgroup', view.subgroup ? [`${view.subgroup.factor}:${view.subgroup.level}`] : []],
    ['strategy', unless(view.strategy, byDefault.strategy)],
    ['axis', unless(view.timeAxis, byDefault.timeAxis)],
    ['missing', unless(view.missingData, byDefault.missingData)],
    ['inWindow', view.inWindowOnly ? ['1'] : []],
  ]
}

/**
 * The controls as the query of an address, names in one order, defaults left out, so that one view has one address.
 * Reading it again gives the same controls. Empty for the default view.
 */
export function formatCohortControls(controls: CohortControls): string {
  const parts: readonly (readonly [name: string, values: readonly string[]])[] = [
    ['parameter', controls.parameters],
    ['visit', controls.visits],
    ['arm', controls.arms],
    ...listViewParts(controls.view),
    ['dataCut', controls.dataCut === null ? [] : [controls.dataCut]],
    ['asOf', controls.asOf === null ? [] : [String(controls.asOf)]],
    ['reference', controls.references],
  ]
  return new URLSearchParams(parts.flatMap(([name, values]) => values.map(value => [name, value]))).toString()
}
