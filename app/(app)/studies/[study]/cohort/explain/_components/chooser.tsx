import { KeptFields, QueryText } from '@/app/_ui/query-fields'
import type { OfferedNumber } from '@/lib/domain/explain/find-number'
import { formatCohortControls } from '@/lib/schemas/cohort'
import type { ExplainAsked, ExplainPage } from '@/lib/schemas/explain'

/** Which number, and which two states of knowledge: a form whose address can be passed on. */
export function Chooser({ page, asked, path }: { page: ExplainPage; asked: ExplainAsked; path: string }) {
  const { explained, numbers, protocol } = page
  const { visit } = explained.explanation
  const scores = numbers.filter(({ ruleOf }) => ruleOf === null)
  const measured = new Set(numbers.flatMap(({ visits }) => visits))
  const kept = new URLSearchParams(formatCohortControls({ ...asked.controls, parameters: [], visits: [] }))
  return (
    <form method="get" action={path} className="controls-lines controls">
      <KeptFields pairs={kept} />
      <label>
        Score or rule
        <select name="code" defaultValue={explained.code} key={explained.code}>
          {scores.map(score => (
            <optgroup key={score.code} label={score.label}>
              <option value={score.code}>{nameScore(score, page)}</option>
              {numbers
                .filter(({ ruleOf }) => ruleOf === score.code)
                .map(rule => (
                  <option key={rule.code} value={rule.code}>
                    {rule.label}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        Visit
        <select name="visit" defaultValue={visit} key={visit}>
          <option value="">The last with values</option>
          {protocol.visits
            .filter(({ code }) => measured.has(code))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </select>
      </label>
      <QueryText
        name="from"
        label="What moved it since audit entry"
        value={asked.from ?? ''}
        placeholder="none"
        isNumber
      />
      <QueryText name="to" label="Up to audit entry" value={asked.to ?? ''} placeholder="the last" isNumber />
      <div className="acts">
        <button type="submit" className="btn pri">
          Explain
        </button>
      </div>
    </form>
  )
}

/** What is explained of a score; one that shares its label with another carries its code. */
function nameScore({ code, label }: OfferedNumber, { numbers, parameters }: ExplainPage): string {
  const isTwin = numbers.filter(each => each.ruleOf === null && each.label === label).length > 1
  const kind = parameters.get(code)?.kind
  const what = kind === 'ordered' || kind === 'profile' ? 'levels' : 'mean and change'
  return `${isTwin ? `${label} (${code})` : label}: ${what}`
}
