'use client'

import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { ActionForm, useFormState } from '@/app/_ui/form'
import { LogFields } from '@/app/_ui/log-fields'
import { ReasonField } from '@/app/_ui/reason-field'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { LogEntryView } from '@/lib/schemas/log-view'
import { Questions } from '../../../_components/questions'
import { saveLogEntry } from '../actions'
import { AboutEntry } from './about-entry'

/** One entry of a log, new or stored, with a reason where a stored value changes. */
export function LogEntryForm({
  view,
  submissionKey,
  draft,
}: {
  view: LogEntryView
  submissionKey: string
  draft: FormDraft | null
}) {
  const { study, number, log, stored, mine } = view
  return (
    <ActionForm
      action={saveLogEntry}
      submissionKey={submissionKey}
      label={stored ? `Change ${log.one}` : `New ${log.one}`}
      id="entry"
      closed={mine.length === 0}
      draft={draft}
      about={{ entry: String(stored?.id ?? 'new'), log: log.path }}
    >
      <AboutEntry study={study.code} number={number} log={log.path} entry={stored?.id ?? 'new'} />
      <ShownVersion stored={stored?.version ?? null} />
      <KeptChoices />
      <Questions />
      <LogFields
        plan={view.plan}
        fields={view.fields}
        mine={mine}
        values={view.values}
        told={stored?.told ?? []}
      />
      {stored && (
        <div className="pt-5">
          <ReasonField label="Reason, where a stored value changes" />
        </div>
      )}
      <div className="formacts">
        <SubmitButton className="btn pri">Save</SubmitButton>
        {!stored && (
          <SubmitButton className="btn" name="goTo" value="another">
            Save and add another
          </SubmitButton>
        )}
        <DraftKeeper />
      </div>
    </ActionForm>
  )
}

/** The version from which the form was drawn, also once it came back refused and the page was drawn anew. */
function ShownVersion({ stored }: { stored: number | null }) {
  const { values } = useFormState()
  return <input type="hidden" name="version" value={values.version?.[0] ?? stored ?? ''} />
}

/**
 * That one's own value stands after a conflict stays chosen while something else is put right. That the stored one stands
 * is asked again: the control still holds one's own, which may have been typed anew.
 */
function KeptChoices() {
  const { values, conflict } = useFormState()
  const asked = new Set([
    ...Object.keys(conflict?.storedVersions ?? {}).map(name => `~over.${name}`),
    ...(conflict?.fields ?? []).map(({ field }) => `~pick.${field}`),
  ])
  const kept = Object.entries(values).filter(
    ([name, [text]]) => /^~(over|pick)\./.test(name) && !asked.has(name) && text !== 'stored',
  )
  return kept.map(([name, [text]]) => <input key={name} type="hidden" name={name} value={text ?? ''} />)
}
