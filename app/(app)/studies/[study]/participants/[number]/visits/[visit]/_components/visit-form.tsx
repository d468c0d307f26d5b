'use client'

import { Fragment } from 'react'
import { ActionForm, useFormState } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { VersionField } from '@/app/_ui/version-field'
import { formatDate } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { FormState } from '@/lib/schemas/form-state'
import type { VisitView } from '@/lib/schemas/visit-view'
import { AddForm } from './add-form'
import { EntryProvider, useEntry } from './entry-state'
import { FormSection } from './form-section'
import { VisitSettingsFields } from './form-settings'
import { ItemQuestion } from './item-question'
import { KeyList } from './key-list'
import type { Posted } from './posted'
import { RemainingField } from './remaining-field'
import { SaveBar } from './save-bar'
import { SoFar } from './so-far'

/** One visit on one page, saved at once; a native form that needs no JavaScript. */
export function VisitForm(props: {
  view: VisitView
  /** What its controls hold as the visit is stored. */
  stored: Posted
  action: (previous: FormState, form: FormData) => Promise<FormState>
  submissionKey: string
  /** The visit can no longer be entered; what was refused meanwhile is still told, with what was typed. */
  closed: boolean
  draft: FormDraft | null
  /** The visit date is where entry goes on after “Save and next”. */
  isNext: boolean
  /** The filter of the worklist from which the visit was opened. */
  site: string
}) {
  const { study, participant, visit } = props.view
  const about = { study: study.code, number: participant.number, visit: visit.code }
  return (
    <ActionForm
      action={props.action}
      submissionKey={props.submissionKey}
      id="entry"
      label={`${participant.number}, ${visit.name}`}
      closed={props.closed}
      about={about}
      draft={props.draft}
    >
      <VisitControls {...props} />
    </ActionForm>
  )
}

function VisitControls({ view, stored, isNext, site }: Parameters<typeof VisitForm>[0]) {
  const { status } = useFormState()
  // Who opens a visit of which nothing is entered came to enter it.
  const isFirst = view.visit.version === null && status === 'idle'
  return (
    <>
      <input type="hidden" name="study" value={view.study.code} />
      <input type="hidden" name="number" value={view.participant.number} />
      <input type="hidden" name="visit" value={view.visit.code} />
      <input type="hidden" name="site" value={site} />
      {/* Enter in a text saves, without JavaScript too, and adds no form. */}
      <button type="submit" name="goTo" value="list" className="vh" tabIndex={-1} aria-hidden="true">
        Save
      </button>
      <VersionField name="~visit.version" value={view.visit.version} />
      <KeptChoices />
      <EntryProvider view={view} stored={stored}>
        <VisitSettingsFields isNext={isNext || isFirst} />
        <div className="vgrid">
          <Forms />
          <aside className="rail" aria-label="Previous values">
            <SoFar />
            <ParticipantFacts view={view} />
            <KeyList />
          </aside>
        </div>
        <SaveBar />
      </EntryProvider>
    </>
  )
}

function Forms() {
  const { forms, view } = useEntry()
  const state = useFormState()
  const isReasonTyped = ['reason', 'reasonText'].some(name => state.values[name]?.some(text => text !== ''))
  const isOver = Object.keys(state.values).some(name => name.startsWith('~over.'))
  const hasStored = view.forms.some(form => form.version !== null) || view.visit.version !== null
  return (
    <div>
      {forms.map((form, index) => {
        const { code } = form.view
        const addable = view.addable.find(one => one.code === code)
        const isLast = forms[index + 1]?.view.code !== code
        return (
          <Fragment key={form.view.key}>
            <FormSection form={form} />
            {addable && isLast && <AddForm addable={addable} />}
          </Fragment>
        )
      })}
      <RemainingField />
      {(hasStored || isReasonTyped || isOver || state.code === 'reasonRequired' || state.conflict) && (
        <section className="sect" data-problem={state.errors.reason ? 'error' : undefined}>
          <div className="sh">
            <h2>Reason</h2>
            <span className="ink3">needed when a stored value changes</span>
          </div>
          <ReasonField />
          <ReasonQuestions />
        </section>
      )}
      <p className="note">Enter what the participant marked on the licensed form.</p>
    </div>
  )
}

/** A written reason that seems to identify the participant; as long as it stays as it was. */
function ReasonQuestions() {
  const { posted } = useEntry()
  const questions = useFormState().questions.filter(({ fields }) => fields.includes('reasonText'))
  return questions.map(({ code, text }) => (
    <ItemQuestion key={code} id="reason-check" text={text} checkKey={code} posted={posted} />
  ))
}

/** Choices made after a conflict stay while something else is put right; those asked again are in the table. */
function KeptChoices() {
  const { values, conflict } = useFormState()
  const asked = new Set([
    ...Object.keys(conflict?.storedVersions ?? {}).map(name => `~over.${name}`),
    ...(conflict?.fields ?? []).map(({ field }) => `~pick.${field}`),
  ])
  const kept = Object.entries(values).filter(([name]) => /^~(over|pick)\./.test(name) && !asked.has(name))
  return kept.map(([name, [text]]) => <input key={name} type="hidden" name={name} value={text ?? ''} />)
}

function ParticipantFacts({ view }: { view: VisitView }) {
  const { study, participant } = view
  const path = `/studies/${encodeURIComponent(study.code)}/participants/${encodeURIComponent(participant.number)}`
  return (
    <section>
      <h3>
        Participant <a href={path}>Open</a>
      </h3>
      <dl>
        <dt>Site</dt>
        <dd>
          {participant.site} {participant.siteName}
        </dd>
        {participant.level && (
          <>
            <dt>Level</dt>
            <dd>{participant.level}</dd>
          </>
        )}
        {participant.doses.map(dose => (
          <div key={dose.name} className="pair">
            <dt>{dose.name}</dt>
            <dd>{formatDate(dose.date)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
