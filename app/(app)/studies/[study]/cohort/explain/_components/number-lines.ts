import type { ExplainedArm } from '@/lib/domain/explain/explanation'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { ResponderMethod } from '@/lib/domain/outcomes/summary-types'
import {
  formatCategories,
  formatChangeOf,
  formatMeanOf,
  formatRate,
  formatRuleSum,
  formatValueSum,
} from '@/lib/format/explanation'

/** One number of an arm, or the counts that add up to it. */
export interface NumberLine {
  readonly name: string
  readonly text: string
}

const METHODS: Readonly<Record<ResponderMethod, string>> = {
  ...{ nonResponderImputation: 'Of all expected', observedCases: 'Of observed cases' },
  ...{ locf: 'Last value carried forward', bocf: 'Baseline carried forward', worstCase: 'Worst case' },
}

/** What is explained of an arm, as on the cohort page: of a score its mean and change, of a rule its rates. */
export function listLines(arm: ExplainedArm, parameter: Parameter, rule: string | undefined): NumberLine[] {
  if (rule !== undefined) {
    const rates = arm.numbers.responders.filter(({ code }) => code === rule)
    return [
      ...rates.map(rate => ({ name: METHODS[rate.method], text: formatRate(rate) })),
      { name: 'Adds up', text: formatRuleSum(arm, rule) },
    ]
  }
  const categories = formatCategories(arm)
  const change = formatChangeOf(arm, parameter)
  const unpaired = arm.groups.find(({ reason }) => reason === 'noBaseline')
  return [
    categories === null
      ? { name: 'Mean', text: formatMeanOf(arm, parameter) }
      : { name: 'Levels', text: categories },
    ...(change ? [{ name: 'Change from baseline', text: change }] : []),
    { name: 'Adds up', text: formatValueSum(arm) },
    ...(change && unpaired
      ? [{ name: 'Without baseline', text: `${unpaired.n}: in the mean, not in the change` }]
      : []),
  ]
}
