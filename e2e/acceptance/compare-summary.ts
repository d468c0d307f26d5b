import type { Checks } from './run-command'

export interface Described {
  readonly n: number
  readonly mean: number
  readonly sdSample: number
  readonly ciLower: number
  readonly ciUpper: number
  readonly median: number
  readonly q1: number
  readonly q3: number
}

interface Rate {
  readonly k: number
  readonly n: number
  readonly proportion: number
  readonly clopperPearson: readonly [number, number]
  readonly wilson: readonly [number, number]
}

export interface ExpectedResponder {
  readonly nonResponderImputation: Rate
  readonly observedCases: Rate
  readonly undefinedBaselineZero: number
}

interface ExpectedArm {
  readonly arm: string
  readonly pre: Described
  readonly post: Described
  readonly change: Described
  readonly pairedT: readonly [t: number, df: number, p: number]
  readonly responder30: ExpectedResponder
  readonly responder50: ExpectedResponder
}

export interface ExpectedContrast {
  readonly hedgesG: number
  readonly welchT: number
  readonly welchDf: number
  readonly pTwoSided: number
  readonly differenceInMeans: number
  readonly ci: readonly [number, number]
}

interface ExpectedScale {
  readonly byArm: readonly ExpectedArm[]
  readonly changeVsPlacebo: ExpectedContrast
  readonly changeVsUsualCare: ExpectedContrast
}

/** What R computed, as `expected.json` holds it. */
export interface Expected {
  readonly rowsRead: number
  readonly participantsRandomised: number
  readonly healthyControls: number
  readonly neverRandomised: number
  readonly pain_avg: ExpectedScale
  readonly odi: ExpectedScale
}

type Leaves = Readonly<Record<string, unknown>>

interface VisitDocument extends Leaves {
  readonly visit: string
  readonly change?: Leaves & { readonly pairedT: Leaves }
  readonly responders: readonly (Leaves & { readonly code: string; readonly method: string })[]
}

/** The part of `summary --json` that is compared; names are those of interfaces.md. */
export interface SummaryDocument {
  readonly parameters: readonly {
    readonly parameter: string
    readonly arms: readonly { readonly arm: string; readonly visits: readonly VisitDocument[] }[]
    readonly contrasts: readonly (Leaves & {
      readonly arms: readonly string[]
      readonly visit: string
      readonly welch: Leaves
    })[]
  }[]
}

const SCALES = [
  { scale: 'pain_avg', parameter: 'NPRS_AVG', prefix: 'PAIN' },
  { scale: 'odi', parameter: 'ODI', prefix: 'ODI' },
] as const

/** Compares every number of expected.json that a summary has. Medians of change are not part of a summary. */
export function compareSummary(checks: Checks, expected: Expected, summary: SummaryDocument): void {
  for (const { scale, parameter, prefix } of SCALES) {
    const document = summary.parameters.find(candidate => candidate.parameter === parameter)
    const arms = expected[scale].byArm
    checks.equal(
      `${parameter}: arms in order`,
      document?.arms.map(arm => arm.arm),
      arms.map(arm => arm.arm),
    )
    for (const wanted of arms) {
      const visits = document?.arms.find(arm => arm.arm === wanted.arm)?.visits ?? []
      compareArm(checks, `${parameter} ${wanted.arm}`, prefix, wanted, visits)
    }
    for (const [other, wanted] of [
      ['PLACEBO', expected[scale].changeVsPlacebo],
      ['USUAL_CARE', expected[scale].changeVsUsualCare],
    ] as const) {
      const contrast = document?.contrasts.find(
        ({ arms: pair, visit }) => visit === 'POST' && pair[0] === 'PRT' && pair[1] === other,
      )
      compareContrast(checks, `${parameter} PRT − ${other}`, wanted, contrast)
    }
  }
}

function compareArm(
  checks: Checks,
  what: string,
  prefix: string,
  wanted: ExpectedArm,
  visits: readonly VisitDocument[],
): void {
  const pre = visits.find(({ visit }) => visit === 'PRE')
  const post = visits.find(({ visit }) => visit === 'POST')
  const whole = ['mean', 'sdSample', 'ciLower', 'ciUpper', 'median', 'q1', 'q3'] as const
  compareLeaves(checks, `${what} PRE`, wanted.pre, pre, whole)
  compareLeaves(checks, `${what} POST`, wanted.post, post, whole)
  compareLeaves(checks, `${what} change`, wanted.change, post?.change, whole.slice(0, 4))
  for (const [index, leaf] of (['t', 'df', 'pTwoSided'] as const).entries()) {
    checks.near(`${what} paired ${leaf}`, post?.change?.pairedT[leaf], wanted.pairedT[index] ?? Number.NaN)
  }
  for (const percent of [30, 50] as const) {
    const rule = wanted[`responder${percent}`]
    for (const method of ['nonResponderImputation', 'observedCases'] as const) {
      const name = `${what} ${prefix}${percent} ${method}`
      const rate = post?.responders.find(
        ({ code, method: m }) => code === `${prefix}${percent}` && m === method,
      )
      checks.equal(`${name} k`, rate?.k, rule[method].k)
      checks.equal(`${name} n`, rate?.n, rule[method].n)
      checks.equal(`${name} baseline zero`, rate?.undefinedBaselineZero, rule.undefinedBaselineZero)
      checks.near(`${name} proportion`, rate?.proportion, rule[method].proportion)
      compareInterval(checks, `${name} Wilson`, rate?.wilson, rule[method].wilson)
      compareInterval(checks, `${name} Clopper–Pearson`, rate?.clopperPearson, rule[method].clopperPearson)
    }
  }
}

function compareLeaves(
  checks: Checks,
  what: string,
  wanted: Described,
  actual: Leaves | undefined,
  leaves: readonly (keyof Described)[],
): void {
  checks.equal(`${what} n`, actual?.n, wanted.n)
  for (const leaf of leaves) checks.near(`${what} ${leaf}`, actual?.[leaf], wanted[leaf])
}

function compareContrast(
  checks: Checks,
  what: string,
  wanted: ExpectedContrast,
  actual: SummaryDocument['parameters'][number]['contrasts'][number] | undefined,
): void {
  checks.near(`${what} difference`, actual?.differenceInMeans, wanted.differenceInMeans)
  checks.near(`${what} Hedges g`, actual?.hedgesG, wanted.hedgesG)
  checks.near(`${what} t`, actual?.welch.t, wanted.welchT)
  checks.near(`${what} df`, actual?.welch.df, wanted.welchDf)
  checks.near(`${what} p`, actual?.welch.pTwoSided, wanted.pTwoSided)
  compareInterval(checks, what, actual?.ci, wanted.ci)
}

function compareInterval(
  checks: Checks,
  what: string,
  actual: unknown,
  wanted: readonly [number, number],
): void {
  const [lower, upper] = Array.isArray(actual) ? (actual as unknown[]) : []
  checks.near(`${what} lower`, lower, wanted[0])
  checks.near(`${what} upper`, upper, wanted[1])
}
