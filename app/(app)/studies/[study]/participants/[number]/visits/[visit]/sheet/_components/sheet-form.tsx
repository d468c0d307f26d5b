import { ENTRY_MISSING_REASONS } from '@/lib/domain/instruments/answers'
import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import type { Settings } from '@/lib/domain/protocol/protocol'
import { formatFormName } from '@/lib/format/answers'
import { type Control, listControls } from '../../_components/controls'

/** What is written in the box for a missing answer, so that reasons take no room at each line. */
export const MISSING_MARKS = ENTRY_MISSING_REASONS.map((reason, index) => ({
  mark: String.fromCharCode(65 + index),
  label: formatMissingReason(reason),
}))

/** One form on paper: a line for each item, with a box for each choice or room to write. */
export function SheetForm(props: {
  form: FormDefinition
  settings: Settings
  /** Where on the body; `''`: the whole person, or to be written down. */
  place: string
  asksPlace: boolean
}) {
  const { form, settings, place, asksPlace } = props
  const caption = form.kind === 'instrument' ? form.instrument.caption(settings) : null
  return (
    <section className="sheet-form">
      <h2>
        {[formatFormName(form), place].filter(Boolean).join(', ')}
        {caption && <small>{caption}</small>}
        {asksPlace && (
          <span className="room">
            Level or joint <i />
          </span>
        )}
      </h2>
      <table>
        <tbody>
          {listControls(form, settings).map(control => (
            <tr key={control.code}>
              <td className="code">{control.code}</td>
              <th scope="row">
                {control.label}
                {control.condition && <small>{control.condition}</small>}
              </th>
              <td>
                <Room control={control} />
              </td>
              <td className="mark">
                <i className="box" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Room({ control }: { control: Control }) {
  const { options, anchors, unit, hint, mayBeUnlimited } = control
  if (control.kind === 'tick') return <i className="box" />
  if (options.length === 0)
    return (
      <span className={control.kind === 'longText' ? 'room long' : 'room'}>
        <i /> {unit} {hint && !mayBeUnlimited && <small>{hint}</small>}
        {mayBeUnlimited && (
          <span>
            or <i className="box" />
            unlimited
          </span>
        )}
      </span>
    )
  return (
    <span className="boxes">
      {anchors && <small>{anchors[0]}</small>}
      {options.map(option => (
        <span key={option.value}>
          <i className="box" />
          {option.label}
        </span>
      ))}
      {anchors && <small>{anchors[1]}</small>}
    </span>
  )
}
