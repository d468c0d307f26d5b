import type { ReactNode } from 'react'
import { DraftKeeper } from './draft-keeper'
import { SubmitButton } from './submit-button'

/** The button of a form that is kept as a draft, and beside it what is known of the draft. */
export function KeepingButton(props: { className?: string; children: ReactNode }) {
  return (
    <span className="flex flex-wrap items-center gap-3">
      <SubmitButton className={props.className ?? 'btn pri'}>{props.children}</SubmitButton>
      <DraftKeeper />
    </span>
  )
}
