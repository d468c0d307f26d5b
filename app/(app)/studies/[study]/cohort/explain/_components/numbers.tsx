import type { ExplainedArm } from '@/lib/domain/explain/explanation'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import {
  formatChangeOf,
  formatMeanOf,
  formatRate,
  formatRuleSum,
  formatValueSum,
} from '@/lib/format/explanation'
import { describeCondition } from '@/lib/format/protocol'
import { formatUndefined } from '@/lib/format/reasons'
import { type ExplainAsked, type ExplainPage, formatExplainQuery } from '@/lib/schemas/explain'

/** The number as on the cohort page, its rule in words, and the counts that add up to it. */
export function Numbers({ page, asked, path }: { page: ExplainPage; asked: ExplainAsked; path: string }) {
  const { explained, protocol, parameters } = page
  const { explanation, code } = explained
  const parameter = parameters.get(explanation.parameter)
  const asRule = explanation.rules.find(({ rule }) => rule.code === code)
  if (!parameter) return null
  return (
    <section className="mt-4">
      <h2>The number</h2>
      {asRule && (
        <p className="mb-2">
          {sentence(describeCondition(protocol, asRule.rule.condition))}
          {asRule.rule.noIntervention && ', without a rescue before'}.{' '}
          {asRule.problem !== null && `It cannot be computed: ${formatUndefined(asRule.problem)}.`}
        </p>
      )}
      <dl className="facts">
        {explanation.arms.map(arm => (
          <div key={arm.arm} className="grow">
            <dt>{explanation.arms.length > 1 ? arm.label : 'All participants of the set'}</dt>
            <dd>
              {listLines(arm, parameter, asRule?.rule.code).map(line => (
                <p key={line}>{line}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      {!asRule && explanation.rules.length > 0 && (
        <p className="lk">
          Rules at this visit:{' '}
          {explanation.rules.map(({ rule }) => (
            <a
              key={rule.code}
              className="mr-3"
              href={`${path}?${formatExplainQuery(asked, { code: rule.code, visit: explanation.visit, page: 1 })}`}
            >
              {rule.label}
            </a>
          ))}
        </p>
      )}
    </section>
  )
}

export function listLines(arm: ExplainedArm, parameter: Parameter, rule: string | undefined): string[] {
  if (rule !== undefined) return [...arm.numbers.responders.map(formatRate), `${formatRuleSum(arm, rule)}.`]
  const change = formatChangeOf(arm, parameter)
  const paired = arm.groups.find(({ reason }) => reason === 'noBaseline')
  return [
    formatMeanOf(arm, parameter),
    ...(change ? [change] : []),
    `${formatValueSum(arm)}.`,
    ...(change && paired
      ? [`${paired.n} with a value and no baseline: in the mean, not in the change.`]
      : []),
  ]
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
