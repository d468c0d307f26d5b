import { formatInstant } from '@/lib/format/dates'
import type { FormState } from '@/lib/schemas/form-state'

/**
 * Both values of every field that two people changed, by whom and when. The form below keeps what was typed. Where a
 * page saves several records the person chooses a value for each field; nothing is chosen beforehand.
 */
export function ConflictTable({
  conflict,
  picked,
}: {
  conflict: NonNullable<FormState['conflict']>
  /** Choices that were made in this very table, where its form did not arrive. */
  picked: FormState['values']
}) {
  const versions = conflict.storedVersions
  return (
    <>
      <table className="conflict">
        <caption className="note">
          Stored by {conflict.changedBy}, {formatInstant(conflict.changedAt)}.{' '}
          {versions
            ? 'Choose a value for each field, give a reason, and save again.'
            : 'Your values are still in the form; correct them where the stored value is right, give a reason, and save again.'}
        </caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">Stored now</th>
          </tr>
        </thead>
        <tbody>
          {conflict.fields.map(field => (
            <tr key={field.field}>
              <th scope="row">{field.label ?? field.field}</th>
              <td>
                {versions ? <Pick field={field} whose="yours" picked={picked} /> : field.yours || 'empty'}
              </td>
              <td>
                {versions ? <Pick field={field} whose="stored" picked={picked} /> : field.stored || 'empty'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {versions ? (
        Object.entries(versions).map(([name, version]) => (
          <input key={name} type="hidden" name={`~over.${name}`} value={version} />
        ))
      ) : (
        <input type="hidden" name="overVersion" value={conflict.storedVersion} />
      )}
    </>
  )
}

type Field = NonNullable<FormState['conflict']>['fields'][number]

function Pick(props: { field: Field; whose: 'yours' | 'stored'; picked: FormState['values'] }) {
  const { field, whose } = props
  return (
    <label className="check">
      <input
        type="radio"
        name={`~pick.${field.field}`}
        value={whose}
        defaultChecked={props.picked[`~pick.${field.field}`]?.[0] === whose}
        aria-label={`${field.label ?? field.field}: ${whose === 'yours' ? 'your value' : 'the stored value'}, ${field[whose] || 'empty'}`}
      />
      {field[whose] || 'empty'}
    </label>
  )
}
