'use client'

import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { ActionForm } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { FormState } from '@/lib/schemas/form-state'
import type { VisitView } from '@/lib/schemas/visit-view'
import { EntryProvider, useEntry } from '../../_components/entry-state'
import { FormSection } from '../../_components/form-section'
import { KeyList } from '../../_components/key-list'

/** The forms of a visit, empty, for a second person; with the controls and keys of the first entry. */
export function SecondForm(props: {
  view: VisitView
  action: (previous: FormState, form: FormData) => Promise<FormState>
  submissionKey: string
  closed: boolean
  draft: FormDraft | null
}) {
  const { study, participant, visit } = props.view
  return (
    <ActionForm
      action={props.action}
      submissionKey={props.submissionKey}
      id="entry"
      label={`${participant.number}, ${visit.name}, second entry`}
      closed={props.closed}
      about={{ study: study.code, number: participant.number, visit: visit.code }}
      draft={props.draft}
    >
      <input type="hidden" name="study" value={study.code} />
      <input type="hidden" name="number" value={participant.number} />
      <input type="hidden" name="visit" value={visit.code} />
      <EntryProvider view={props.view} stored={{}}>
        <div className="vgrid">
          <Forms />
          <aside className="rail" aria-label="Keys">
            <KeyList />
          </aside>
        </div>
        <section className="save" aria-label="Save">
          <div className="stat">
            <DraftKeeper />
          </div>
          <SubmitButton className="btn pri" name="goTo" value="next">
            Save the second entry <kbd>Ctrl ↵</kbd>
          </SubmitButton>
        </section>
      </EntryProvider>
    </ActionForm>
  )
}

function Forms() {
  const { forms } = useEntry()
  return (
    <div>
      {forms.map(form => (
        <FormSection key={form.view.key} form={form} isSecond />
      ))}
    </div>
  )
}
