'use client'

import { MME_DAY } from '@/lib/domain/instruments/analgesics'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isUnlimited, UNLIMITED } from '@/lib/domain/instruments/unlimited'
import { computeChange, computeImprovementInPoints } from '@/lib/domain/outcomes/improvement'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import { formatScore } from '@/lib/format/scores'
import type { Trend } from '@/lib/schemas/visit-view'
import { AnalgesicUse } from './analgesic-use'
import { useEntry } from './entry-state'
import type { LiveForm } from './live-form'
import { placeOnScale } from './spark-scale'

interface FollowedTrend {
  readonly trend: Trend
  readonly form: LiveForm
  readonly parameter: Parameter
}

/** Earlier values, baseline, now and the change, for each parameter of the visit's forms: numbers first, grades on request. */
export function SoFar() {
  const { view, forms } = useEntry()
  if (view.trends.length === 0) return null
  const followed = view.trends.filter(isScoredHere).flatMap(trend => {
    const form = findOnly(forms, trend.form)
    const instrument = form?.definition.kind === 'instrument' ? form.definition.instrument : null
    const parameter = instrument?.parameters(view.settings).find(one => one.code === trend.parameter)
    return form && parameter ? [{ trend, form, parameter }] : []
  })
  const numbers = followed.filter(({ parameter }) => parameter.kind !== 'ordered')
  const grades = followed.filter(({ parameter }) => parameter.kind === 'ordered')
  const isShort = numbers.length === 0 || grades.length <= FEW_GRADES
  return (
    <section className="sofar">
      <h3>
        So far <span>baseline, earlier visits, now</span>
      </h3>
      <TrendTable lines={isShort ? followed : numbers} />
      {!isShort && (
        <details className="extra">
          <summary>{grades.length} grades and levels</summary>
          <TrendTable lines={grades} />
        </details>
      )}
      <AnalgesicUse />
    </section>
  )
}

/** As many need no fold of their own. */
const FEW_GRADES = 2

function TrendTable({ lines }: { lines: readonly FollowedTrend[] }) {
  if (lines.length === 0) return null
  return (
    <table>
      <colgroup>
        {[undefined, 54, 48, 48, 48].map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns are fixed
          <col key={index} style={{ width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span className="vh">Measure</span>
          </th>
          <th scope="col">
            <span className="vh">Trend</span>
          </th>
          <th scope="col" className="num">
            BL
          </th>
          <th scope="col" className="num">
            Now
          </th>
          <th scope="col" className="num">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <TrendRow key={line.trend.parameter} {...line} />
        ))}
      </tbody>
    </table>
  )
}

/** Morphine equivalents follow from the medication log, not from what is typed here. */
function isScoredHere({ parameter }: Trend): boolean {
  return parameter !== MME_DAY.code
}

/** The abbreviation in brackets where it is the measure's own: of HADS there are two. */
function shorten({ label, parameter }: Trend): string {
  const short = /\((\w+)\)$/.exec(label)?.[1]
  return short !== undefined && short === parameter ? short : label
}

/** Of several places none is now the one: each stands at its own form. */
function findOnly(forms: readonly LiveForm[], code: string): LiveForm | undefined {
  const [only, ...others] = forms.filter(form => form.view.code === code)
  return others.length === 0 ? only : undefined
}

function TrendRow({ trend, form, parameter }: FollowedTrend) {
  const { view } = useEntry()
  const instrument = form.definition.kind === 'instrument' ? form.definition.instrument : null
  const score = instrument?.score(form.answers, view.settings)[trend.parameter]
  const now = score?.kind === 'score' ? score.value : null
  const show = (value: number | null) => {
    if (value === null) return '–'
    if (isUnlimited(parameter, value)) return <abbr title={UNLIMITED}>∞</abbr>
    const level = parameter.levels?.find(one => one.value === value)?.label
    return level === undefined ? formatScore(parameter, value) : <abbr title={level}>{value}</abbr>
  }
  const change = computeChange(parameter, trend.baseline, now)
  const improvement = computeImprovementInPoints(parameter, trend.baseline, now)
  const tone =
    change === null || improvement.kind === 'undefined' || improvement.value === 0
      ? 'ink3'
      : improvement.value > 0
        ? 't-ok'
        : 't-danger'
  return (
    <tr>
      <th scope="row">{shorten(trend)}</th>
      <td className="sparkcell">
        <Spark trend={trend} now={now} parameter={parameter} />
      </td>
      <td className="num ink3">{show(trend.baseline)}</td>
      <td className="num med">{show(now)}</td>
      <td className={`num ${tone}`}>
        {change === null ? '–' : `${change > 0 ? '+' : ''}${formatScore(parameter, change)}`}
      </td>
    </tr>
  )
}

/** Values of the visits so far on the scale of the measure, each on its day, with a dot now. */
function Spark({ trend, now, parameter }: { trend: Trend; now: number | null; parameter: Parameter }) {
  const points = [...trend.earlier, ...(now === null ? [] : [{ day: trend.day, value: now }])]
  const last = points.at(-1)
  if (!last) return null
  const ends = deriveScaleDomain(
    parameter,
    points.map(({ value }) => value),
  )
  const [x, y] = placeOnScale(points[0]?.day ?? 0, last.day, ...ends)
  return (
    <svg width="74" height="24" viewBox="0 0 74 24" aria-hidden="true">
      <polyline className="spk" points={points.map(({ day, value }) => `${x(day)},${y(value)}`).join(' ')} />
      <circle className={now === null ? 'spe' : 'spd'} cx={x(last.day)} cy={y(last.value)} r="2.5" />
    </svg>
  )
}
