'use client'

import { ActionForm, useFormState } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import type { FormState } from '@/lib/schemas/form-state'
import type { VisitView } from '@/lib/schemas/visit-view'

const MISSED_REASONS = [
  'No contact',
  'Declined this visit',
  'Too ill to attend',
  'Moved away',
  'Site could not see the participant',
] as const

/** Records that the visit will not take place, or takes that back. Either wants a reason. */
export function MissedVisitForm(props: {
  view: VisitView
  action: (previous: FormState, form: FormData) => Promise<FormState>
  submissionKey: string
}) {
  const { study, participant, visit } = props.view
  return (
    <ActionForm
      action={props.action}
      submissionKey={props.submissionKey}
      id="missed"
      className="missed"
      label="Whole visit not done"
    >
      <input type="hidden" name="study" value={study.code} />
      <input type="hidden" name="number" value={participant.number} />
      <input type="hidden" name="visit" value={visit.code} />
      <input type="hidden" name="version" value={visit.version ?? ''} />
      <MissedFields isMissed={visit.missedReason !== null} />
    </ActionForm>
  )
}

/** Folded until it is wanted; a refusal keeps it open. */
function MissedFields({ isMissed }: { isMissed: boolean }) {
  const { status } = useFormState()
  return (
    <details className="extra" open={isMissed || status === 'refused' || undefined}>
      <summary>{isMissed ? 'Take back that the visit was missed' : 'Whole visit not done…'}</summary>
      {isMissed ? (
        <ReasonField label="Reason for taking it back" />
      ) : (
        <ReasonField label="Why the visit was missed" reasons={MISSED_REASONS} />
      )}
      <button type="submit" className="btn">
        {isMissed ? 'Open the visit again' : 'Record as missed'}
      </button>
    </details>
  )
}
