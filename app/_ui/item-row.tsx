import type { ReactNode } from 'react'

/** One question: label, control, last answer, not done; what is wrong or to be checked stands below. */
export function ItemRow(props: {
  id: string
  label: string
  /** Before the label: the number of a section. */
  ordinal?: number | undefined
  note?: string | undefined
  history?: ReactNode
  control: ReactNode
  last: string
  lastInWords: string | undefined
  notDone: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="q" data-item={props.id}>
      <div className="lab">
        <span id={`${props.id}-label`}>
          {props.ordinal !== undefined && <i>{props.ordinal}</i>}
          {props.label}
        </span>
        {props.history}
        {props.note && <small>{props.note}</small>}
      </div>
      <div className="ctl">{props.control}</div>
      <div className="last" title={props.lastInWords}>
        <span className="vh">Last: {props.lastInWords}</span>
        <span aria-hidden="true">{props.last || '–'}</span>
      </div>
      <div className="nd">{props.notDone}</div>
      {props.children}
    </div>
  )
}

/** A value that was refused. */
export function ItemError({ id, text }: { id: string; text: string }) {
  return (
    <div className="msg err" id={id} data-problem="error">
      <span>
        <b>Not saved:</b> {text}
      </span>
    </div>
  )
}
