'use client'

import { MME_DAY } from '@/lib/domain/instruments/analgesics'
import type { Instrument, Parameter } from '@/lib/domain/instruments/instrument'
import { deriveBand } from '@/lib/domain/instruments/score-band'
import { computeChange } from '@/lib/domain/outcomes/improvement'
import type { Score, ScoreMissingReason } from '@/lib/domain/shared/missing'
import { formatMissing } from '@/lib/format/reasons'
import { formatScore } from '@/lib/format/scores'
import type { VisitView } from '@/lib/schemas/visit-view'
import { useEntry } from './entry-state'
import type { LiveForm } from './live-form'

/** Scores that are computed from the items: value, band and change from baseline of each; or when there is none. */
export function ScorePanel({ form, instrument }: { form: LiveForm; instrument: Instrument }) {
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
            score={parameter.code === MME_DAY.code ? readStored(view, parameter) : scores[parameter.code]}
            baseline={view.trends.find(trend => trend.parameter === parameter.code)?.baseline ?? null}
          />
        ))}
      </dl>
      <p>{instrument.missingRule(settings)}</p>
    </div>
  )
}

/** A score that follows from other records than this form stands as it was derived when they were saved. */
function readStored({ trends }: VisitView, { code }: Parameter): Score | undefined {
  const { value, missingReason } = trends.find(trend => trend.parameter === code)?.stored ?? {}
  if (value !== undefined && value !== null) return { kind: 'score', value }
  return missingReason ? { kind: 'missing', reason: missingReason as ScoreMissingReason } : undefined
}

function ScoreOf(props: { parameter: Parameter; score: Score | undefined; baseline: number | null }) {
  const { parameter, score, baseline } = props
  const value = score?.kind === 'score' ? score.value : null
  const change = computeChange(parameter, baseline, value)
  const band = value === null ? null : deriveBand(parameter, value)
  const sign = change !== null && change > 0 ? '+' : ''
  const show = (number: number) => formatScore(parameter, number)
  const why = score?.kind === 'missing' && score.reason !== 'tooFewItems' ? formatMissing(score.reason) : null
  const unit = parameter.unit === '%' ? '%' : ''
  return (
    <div>
      <dt>{parameter.label}</dt>
      <dd>
        <b>{value === null ? '–' : `${show(value)}${unit && ` ${unit}`}`}</b>
        <small>
          {value === null ? (why ?? describeAbsence(parameter)) : band}
          {change !== null && baseline !== null && ` ${sign}${show(change)} from baseline ${show(baseline)}`}
        </small>
      </dd>
    </div>
  )
}

function describeAbsence({ code }: Parameter): string {
  return code === MME_DAY.code ? 'follows from the medication log when saved' : 'no score yet'
}
