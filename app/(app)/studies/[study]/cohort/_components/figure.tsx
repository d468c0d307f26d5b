import type { ReactNode } from 'react'

/** A figure or table of the report: title, n, files to take away, body, note with method and missing-data rule. */
export function Figure(props: {
  id: string
  title: string
  n: string
  /** Files by their label, e.g. `CSV`. */
  files: readonly { readonly label: string; readonly href: string }[]
  note: ReactNode
  children: ReactNode
}) {
  return (
    <section className="fig fsec" id={props.id} aria-labelledby={`${props.id}-heading`}>
      <header>
        <h2 id={`${props.id}-heading`}>{props.title}</h2>
        <span className="n">{props.n}</span>
        <span className="lk">
          {props.files.map(({ label, href }) => (
            <a key={href} href={href} download aria-label={`${props.title}, ${label}`}>
              {label}
            </a>
          ))}
        </span>
      </header>
      {props.children}
      <p className="note">{props.note}</p>
    </section>
  )
}
