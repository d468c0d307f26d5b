'use client'

import { readNumber } from '@/lib/domain/instruments/answers'
import { deriveOdiBand } from '@/lib/domain/instruments/odi'
import { formatMean, formatValue } from '@/lib/format/numbers'
import { useEntry } from './entry-state'
import type { LiveForm } from './live-form'

const BANDS = ['minimal', 'moderate', 'severe', 'crippled', 'bed-bound'] as const

/** The ODI of the moment, its band, and how far it is from baseline; or why there is no score yet. */
export function OdiScore({ form }: { form: LiveForm }) {
  const { view } = useEntry()
  if (form.definition.kind !== 'instrument') return null
  const score = form.definition.instrument.score(form.answers, view.settings).ODI
  const baseline = view.trends.find(trend => trend.parameter === 'ODI')?.baseline ?? null
  const value = score?.kind === 'score' ? score.value : null
  const band = value === null ? null : deriveOdiBand(value)
  const at = (text: string, number: number | null) => (number === null ? '' : `${text} ${formatMean(number)}`)
  return (
    <div className="score" aria-live="polite">
      <div>
        <div className="big">
          {value === null ? '–' : formatMean(value)}
          <small>{band ?? 'no score yet'}</small>
        </div>
        <p>
          <ChangeText value={value} baseline={baseline} />{' '}
          {describeSum(form, view.settings.odi?.maxMissingSections ?? 1)}
        </p>
      </div>
      <div
        className="oscale"
        role="img"
        aria-label={
          [at('ODI', value), band, at('baseline', baseline)].filter(Boolean).join(', ') || 'ODI, no score yet'
        }
      >
        {BANDS.map((name, index) => (
          <span key={name} className={`bd o${index + 1}`} style={{ left: `${20 * index}%` }} />
        ))}
        {BANDS.map((name, index) => (
          <span key={name} className={name === band ? 'bl on' : 'bl'} style={{ left: `${20 * index + 10}%` }}>
            {name}
          </span>
        ))}
        {value !== null && (
          <>
            {(baseline === null || Math.abs(value - baseline) > 12) && (
              <span className="up nowl" style={{ left: `${clamp(value)}%` }}>
                now
              </span>
            )}
            <i className="nowm" style={{ left: `${value}%` }} />
          </>
        )}
        {baseline !== null && (
          <>
            <span className="up" style={{ left: `${clamp(baseline)}%` }}>
              {value !== null && Math.abs(value - baseline) <= 12 ? 'now and baseline' : 'baseline'}
            </span>
            <i className="basem" style={{ left: `${baseline}%` }} />
          </>
        )}
      </div>
    </div>
  )
}

function ChangeText({ value, baseline }: { value: number | null; baseline: number | null }) {
  if (baseline === null) return null
  if (value === null) return <>{`baseline ${formatMean(baseline)};`}</>
  const change = value - baseline
  const tone = change < 0 ? 't-ok med' : change > 0 ? 't-danger med' : 'med'
  return (
    <>
      <span className={tone}>{`${change > 0 ? '+' : ''}${formatMean(change)}`}</span>{' '}
      {`from baseline ${formatMean(baseline)};`}
    </>
  )
}

/** Points of those that the answered sections could give, and the rule where too many are missing. */
function describeSum(form: LiveForm, limit: number): string {
  const values = form.controls.flatMap(({ code }) => readNumber(form.answers, code) ?? [])
  const total = readNumber(form.answers, 'ODI')
  if (values.length === 0 && total !== undefined) return `total as given, ${formatValue(total)}`
  const missing = form.controls.length - values.length
  const sum = `${values.reduce((a, b) => a + b, 0)} of ${5 * values.length}`
  if (values.length === 0) return `score when at least ${form.controls.length - limit} sections are answered`
  if (missing > limit) return `${sum}; ${missing} sections missing, at most ${limit} may be`
  return missing === 0 ? sum : `${sum}, ${missing} missing (limit ${limit})`
}

/** Labels stay within the scale. */
function clamp(position: number): number {
  return Math.min(92, Math.max(6, position))
}
