'use client'

import type { OdiFigures } from '@/lib/domain/instruments/odi-figures'
import { computeChange } from '@/lib/domain/outcomes/improvement'
import { formatMean, formatValue } from '@/lib/format/numbers'
import { useEntry } from './entry-state'
import type { LiveForm } from './live-form'

const BANDS = ['minimal', 'moderate', 'severe', 'crippled', 'bed-bound'] as const

/** The ODI of the moment, its band, and how far it is from baseline; or why there is no score yet. */
export function OdiScore({ form }: { form: LiveForm }) {
  const { view } = useEntry()
  if (!form.odi) return null
  const { score: value, band } = form.odi
  const baseline = view.trends.find(trend => trend.parameter === 'ODI')?.baseline ?? null
  const at = (text: string, number: number | null) => (number === null ? '' : `${text} ${formatMean(number)}`)
  return (
    <div className="score" aria-live="polite">
      <div>
        <div className="big">
          {value === null ? '–' : formatMean(value)}
          <small>{band ?? 'no score yet'}</small>
        </div>
        <p>
          <ChangeText value={value} baseline={baseline} /> {describeSum(form.odi)}
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
  const change = computeChange({ kind: 'continuous' }, baseline, value)
  if (change === null) return <>{`baseline ${formatMean(baseline)};`}</>
  const tone = change < 0 ? 't-ok med' : change > 0 ? 't-danger med' : 'med'
  return (
    <>
      <span className={tone}>{`${change > 0 ? '+' : ''}${formatMean(change)}`}</span>{' '}
      {`from baseline ${formatMean(baseline)};`}
    </>
  )
}

/** Points of those that the answered sections could give, and the rule where too many are missing. */
function describeSum(figures: OdiFigures): string {
  const { answeredSections, missingSections: missing, maxMissingSections: limit, givenTotal } = figures
  if (givenTotal !== null) return `total as given, ${formatValue(givenTotal)}`
  if (answeredSections === 0)
    return `score when at most ${limit === 1 ? '1 section is' : `${limit} sections are`} missing`
  const sum = `${figures.points} of ${figures.possiblePoints}`
  if (missing > limit) return `${sum}; ${missing} sections missing, at most ${limit} may be`
  return missing === 0 ? sum : `${sum}, ${missing} missing (limit ${limit})`
}

/** Labels stay within the scale. */
function clamp(position: number): number {
  return Math.min(92, Math.max(6, position))
}
