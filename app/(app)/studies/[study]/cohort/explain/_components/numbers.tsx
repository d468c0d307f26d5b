import { describeCondition } from '@/lib/format/protocol'
import { formatUndefined } from '@/lib/format/reasons'
import { type ExplainAsked, type ExplainPage, formatExplainQuery } from '@/lib/schemas/explain'
import { listLines } from './number-lines'

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
      {explanation.arms.map(arm => (
        <dl key={arm.arm} className="facts" aria-label={arm.label}>
          {explanation.arms.length > 1 && (
            <div>
              <dt>Arm</dt>
              <dd>{arm.label}</dd>
            </div>
          )}
          {listLines(arm, parameter, asRule?.rule.code).map(({ name, text }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      ))}
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

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
