'use client'

import { readNumber } from '@/lib/domain/instruments/answers'
import { ANALGESICS_FORM } from '@/lib/domain/medication/morphine-score'
import { formatAnalgesicUse } from '@/lib/format/analgesics'
import { useEntry } from './entry-state'

/** Analgesic use against baseline, in words: the level as typed, morphine equivalents as they follow from the medication log. */
export function AnalgesicUse() {
  const { view, forms } = useEntry()
  const form = forms.find(({ view: { code } }) => code === ANALGESICS_FORM)
  const trends = view.trends.filter(trend => trend.form === ANALGESICS_FORM)
  if (!form || trends.length === 0) return null
  return (
    <>
      <h4>Analgesics</h4>
      <ul>
        {trends.map(({ parameter, baseline, isBaseline, stored }) => {
          const typed = readNumber(form.answers, parameter)
          const now = typed === undefined ? stored : { value: typed, missingReason: null }
          return <li key={parameter}>{formatAnalgesicUse({ parameter, baseline, isBaseline, ...now })}</li>
        })}
      </ul>
    </>
  )
}
