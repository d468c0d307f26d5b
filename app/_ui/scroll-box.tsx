import type { ReactNode } from 'react'

/** A wide table in a box of its own that scrolls, so that the page does not; named, and reachable by keyboard. */
export function ScrollBox(props: { label: string; children: ReactNode; className?: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={`scroll ${props.className ?? ''}`.trim()} aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  )
}
