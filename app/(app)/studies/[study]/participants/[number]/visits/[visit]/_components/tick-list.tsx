'use client'

import { useControlId } from '@/app/_ui/form'
import { ItemError } from '@/app/_ui/item-row'
import { ValueHistory } from '@/app/_ui/value-history'
import { formatAnswer } from '@/lib/format/answers'
import type { Control } from './controls'
import { useEntry } from './entry-state'
import type { LiveForm } from './live-form'
import { textOf } from './posted'

/**
 * Statements that are ticked or not, in columns. A tick says that the form was filled in, so it marks that, too; a form of
 * which nothing was ticked is marked as filled in by hand.
 */
export function TickList({ form, ticks }: { form: LiveForm; ticks: readonly Control[] }) {
  const { start, posted, sent, isLive } = useEntry()
  const { key, last } = form.view
  const id = useControlId(`${key}.ticks`)
  const nameOf = (code: string) => `${key}.${code}`
  const isMissing = (code: string) => textOf(posted, `${nameOf(code)}.missing`) !== ''
  const lastTicked = ticks.filter(({ code }) => {
    const answer = last?.answers[code]
    return answer !== undefined && 'value' in answer && answer.value === 1
  })
  const errors = ticks.filter(({ code }) => code in form.problems)
  return (
    <>
      <div className="q ticklist" data-item={id}>
        <fieldset className="ctl" disabled={form.notDone} aria-labelledby={`${id}-label`} key={sent}>
          <p id={`${id}-label`} className="note">
            Statements that were ticked
            {last && `; at ${last.visitName.toLowerCase()} ${lastTicked.length} were`}
          </p>
          <div className="ticks">
            {ticks.map(({ code, label }, index) => (
              <label
                key={code}
                className={lastTicked.some(one => one.code === code) ? 'check prev' : 'check'}
              >
                <input
                  type="checkbox"
                  id={index === 0 ? id : `${id}-${index + 1}`}
                  name={nameOf(code)}
                  value="1"
                  data-tick=""
                  defaultChecked={start[nameOf(code)]?.includes('1') ?? false}
                  disabled={isLive && isMissing(code)}
                  onChange={event => {
                    if (event.target.checked) markFilledIn(event.target)
                  }}
                />
                {label}
                <ValueHistory name={label} changes={form.view.history[code] ?? []} />
              </label>
            ))}
          </div>
        </fieldset>
        {errors.map(({ code }) => (
          <ItemError key={code} id={`${id}-${code}-error`} text={form.problems[code] ?? ''} />
        ))}
      </div>
      <details
        className="extra"
        open={ticks.some(({ code }) => textOf(start, `${nameOf(code)}.missing`) !== '') || undefined}
      >
        <summary>A statement could not be read</summary>
        <div className="ticks" key={sent}>
          {ticks.map(({ code, label, missing }) => (
            <label key={code} className="fld">
              {label}
              <select
                name={`${nameOf(code)}.missing`}
                defaultValue={textOf(start, `${nameOf(code)}.missing`)}
                disabled={form.notDone}
                aria-label={`${label}: not done, reason${form.answers[code] ? `, now ${formatAnswer(form.definition, code, form.answers[code], {})}` : ''}`}
              >
                <option value="">–</option>
                {missing.map(reason => (
                  <option key={reason.value} value={reason.value}>
                    {reason.label}
                  </option>
                ))}
              </select>
            </label>
          ))}
        </div>
      </details>
    </>
  )
}

/** The one choice of its form that has no alternative. */
function markFilledIn(tick: HTMLElement): void {
  const bars = tick.closest('section')?.querySelectorAll('[role="radiogroup"]') ?? []
  const only = [...bars].filter(bar => bar.querySelectorAll('input').length === 1)
  const radio =
    only.length === 1 ? only[0]?.querySelector<HTMLInputElement>('input:not(:disabled, :checked)') : null
  radio?.click()
}
