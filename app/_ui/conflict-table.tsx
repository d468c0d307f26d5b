import type { FormState } from '@/lib/schemas/form-state'

/** Both values of every field that two people changed, by whom and when. The form below keeps what was typed. */
export function ConflictTable({ conflict }: { conflict: NonNullable<FormState['conflict']> }) {
  return (
    <>
      <table>
        <caption className="note">
          Stored by {conflict.changedBy}, {conflict.changedAt.slice(0, 16).replace('T', ' ')} UTC. Your values
          are still in the form; correct them where the stored value is right, give a reason, and save again.
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
              <th scope="row">{field.field}</th>
              <td>{field.yours || 'empty'}</td>
              <td>{field.stored || 'empty'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <input type="hidden" name="overVersion" value={conflict.storedVersion} />
    </>
  )
}
