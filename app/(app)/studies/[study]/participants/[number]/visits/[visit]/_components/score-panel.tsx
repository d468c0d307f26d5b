'use client'

import type { EnteredInstrument, Parameter } from '@/lib/domain/instruments/instrument'
import { deriveBand } from '@/lib/domain/instruments/score-band'
import { computeChange } from '@/lib/domain/outcomes/improvement'
import type { Score } from '@/lib/domain/shared/missing'
import { formatReason } from '@/lib/format/answers'
import { formatScore } from '@/lib/format/scores'
import { useEntry } from './entry-state'
import type { LiveForm } from './live-form'

/** Scores that are computed from the items: value, band and change from baseline of each; or when there is none. */
export function ScorePanel({ form, instrument }: { form: LiveForm; instrument: EnteredInstrument }) {
  const { view } = useEntry()
  const { settings } = view
  const items = new Set(instrument.items(settings).map(item => item.code))
  const parameters = instrument.parameters(settings).filter(({ code }) => !items.has(code))
  if (parameters.length === 0) return null
  const scores = instrument.score(form.answers, settings)
  return (
    <div className="scores" aria-live="polite">
      <dl>
        {parameters.map(parameter => (
          <ScoreOf
            key={parameter.code}
            parameter={parameter}
            score={scores[parameter.code]}
            baseline={view.trends.find(trend => trend.parameter === parameter.code)?.baseline ?? null}
          />
        ))}
      </dl>
      <p>{instrument.missingRule(settings)}</p>
    </div>
  )
}

function ScoreOf(props: { parameter: Parameter; score: Score | undefined; baseline: number | null }) {
  const { parameter, score, baseline } = props
  const value = score?.kind === 'score' ? score.value : null
  const change = computeChange(parameter, baseline, value)
  const band = value === null ? null : deriveBand(parameter, value)
  const sign = change !== null && change > 0 ? '+' : ''
  const show = (number: number) => formatScore(parameter, number)
  const why = score?.kind === 'missing' && score.reason !== 'tooFewItems' ? formatReason(score.reason) : null
  const unit = parameter.unit === '%' ? '%' : ''
  return (
    <div>
      <dt>{parameter.label}</dt>
      <dd>
        <b>{value === null ? '–' : `${show(value)}${unit && ` ${unit}`}`}</b>
        <small>
          {value === null ? (why?.toLowerCase() ?? 'no score yet') : band}
          {change !== null && baseline !== null && ` ${sign}${show(change)} from baseline ${show(baseline)}`}
        </small>
      </dd>
    </div>
  )
}
