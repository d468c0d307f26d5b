import Link from 'next/link'
import { findParameter } from '@/lib/domain/instruments/registry'
import type { SummaryReason } from '@/lib/domain/outcomes/leaf'
import { formatDate } from '@/lib/format/dates'
import {
  formatBaselineRow,
  formatExplainedValue,
  formatLevel,
  formatPart,
  formatTaken,
} from '@/lib/format/explanation'
import { formatDecimal, formatMean } from '@/lib/format/numbers'
import { formatNoChange } from '@/lib/format/reasons'
import type { ExplainPage, ToldParticipant } from '@/lib/schemas/explain'

/** One participant: the rows behind the value, what follows from them, and the way to the record. */
export function PersonRow(props: { page: ExplainPage; person: ToldParticipant; hasParts: boolean }) {
  const { page, person, hasParts } = props
  const { explanation, code } = page.explained
  const parameter = page.parameters.get(explanation.parameter)
  if (!parameter) return null
  const { baseline, value, improvement } = person
  const outcome = person.outcomes.find(each => each.code === code)
  const taken = formatTaken(value)
  return (
    <tr>
      <td className="whitespace-nowrap ink">{person.subject}</td>
      {explanation.arms.length > 1 && <td>{person.arm}</td>}
      <td>
        {baseline.value === null ? 'none' : formatLevel(parameter, baseline.value)}
        {baseline.rows.map(row => (
          <div key={`${row.visit} ${row.repeat}`} className="ink3 text-xs">
            {baseline.rows.length === 1 && row.counts
              ? [row.visit, ...(row.date ? [formatDate(row.date)] : [])].join(', ')
              : formatBaselineRow(row, parameter)}
          </div>
        ))}
        {baseline.rows.length === 0 && <div className="ink3 text-xs">no row at a baseline visit</div>}
      </td>
      <td>
        {formatExplainedValue(value, parameter)}
        {taken && <div className="ink3 text-xs">{taken}</div>}
      </td>
      {explanation.noChangeReason === null && (
        <>
          <td className="num">
            {improvement.change === null
              ? whyNone(person, improvement.changeReason)
              : formatMean(improvement.change, parameter.decimals)}
          </td>
          <td className="num">
            {improvement.percentImprovement === null
              ? whyNone(person, improvement.percentImprovementReason)
              : `${formatDecimal(improvement.percentImprovement, 1)} %`}
          </td>
        </>
      )}
      {hasParts && (
        <td>
          {outcome?.parts.map(part => (
            <div key={`${part.condition.parameter} ${part.value?.visit} ${part.condition.improvement.unit}`}>
              {formatPart(part, page.parameters.get(part.condition.parameter))}
            </div>
          ))}
          {outcome?.noIntervention === false && <div>rescue: not met</div>}
        </td>
      )}
      {page.opensParticipants && (
        <td>
          <RecordLinks page={page} person={person} />
        </td>
      )}
    </tr>
  )
}

/** Where there is no value the column beside it says why. */
function whyNone({ value }: ToldParticipant, reason: SummaryReason | undefined): string {
  return value.value === null ? '–' : formatNoChange(reason)
}

/** One way to the visit, one to the history of its form. */
function RecordLinks({ page, person }: { page: ExplainPage; person: ToldParticipant }) {
  if (person.concealed) return null
  const { study, explanation } = page.explained
  const participant = `/studies/${study}/participants/${encodeURIComponent(person.subject)}`
  const form = findParameter(explanation.parameter, page.protocol.settings)?.instrument.code
  const filter = new URLSearchParams({ visit: explanation.visit, ...(form ? { form } : {}) })
  const of = `${person.subject}, ${explanation.visit}`
  return (
    <span className="lk inline-flex gap-3 whitespace-nowrap">
      <Link
        href={`${participant}/visits/${encodeURIComponent(explanation.visit)}`}
        prefetch={false}
        aria-label={`Visit: ${of}`}
      >
        Visit
      </Link>
      <Link href={`${participant}/history?${filter}`} prefetch={false} aria-label={`History: ${of}`}>
        History
      </Link>
    </span>
  )
}
