'use client'

import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { SelectField, TextField } from '@/app/_ui/fields'
import { ActionForm, useFormState } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { SubmitButton } from '@/app/_ui/submit-button'
import { VersionField } from '@/app/_ui/version-field'
import { MISSED_VISIT_REASONS } from '@/lib/domain/shared/missing'
import { MISSED_VISIT_LABELS } from '@/lib/format/reasons'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { FormState } from '@/lib/schemas/form-state'
import type { VisitView } from '@/lib/schemas/visit-view'
import { Questions } from '../../../../_components/questions'

const MISSED_REASONS = MISSED_VISIT_REASONS.map(value => ({ value, label: MISSED_VISIT_LABELS[value] }))

/** Records that the visit will not take place, or takes that back. Either wants a reason. */
export function MissedVisitForm(props: {
  view: VisitView
  action: (previous: FormState, form: FormData) => Promise<FormState>
  submissionKey: string
  draft: FormDraft | null
  closed: boolean
  /** The filter of the worklist from which the visit was opened. */
  site: string
}) {
  const { study, participant, visit } = props.view
  return (
    <ActionForm
      action={props.action}
      submissionKey={props.submissionKey}
      draft={props.draft}
      id="missed"
      className="missed"
      label="Whole visit not done"
      closed={props.closed}
      about={{ study: study.code, number: participant.number, visit: visit.code }}
    >
      <input type="hidden" name="site" value={props.site} />
      <input type="hidden" name="study" value={study.code} />
      <input type="hidden" name="number" value={participant.number} />
      <input type="hidden" name="visit" value={visit.code} />
      <VersionField name="version" value={visit.version} />
      <MissedFields isMissed={visit.missed !== null} />
    </ActionForm>
  )
}

/** Folded until it is wanted; a refusal keeps it open. */
function MissedFields({ isMissed }: { isMissed: boolean }) {
  const { status } = useFormState()
  return (
    <details className="extra" open={isMissed || status === 'refused' || undefined}>
      <summary>{isMissed ? 'Take back that the visit was missed' : 'Whole visit not done…'}</summary>
      <Questions />
      {isMissed ? (
        <ReasonField label="Reason for taking it back" />
      ) : (
        <div className="reason">
          <SelectField name="missedReason" label="Why the visit was missed" options={MISSED_REASONS} />
          <TextField name="note" label="Note" hint="Stays with the visit; not exported" size={40} />
        </div>
      )}
      <SubmitButton className="btn">{isMissed ? 'Open the visit again' : 'Record as missed'}</SubmitButton>{' '}
      <DraftKeeper />
    </details>
  )
}
