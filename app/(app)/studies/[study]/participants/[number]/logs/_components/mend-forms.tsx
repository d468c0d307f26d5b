import { TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { KeepingButton } from '@/app/_ui/keeping-button'
import { ReasonField } from '@/app/_ui/reason-field'
import { VersionField } from '@/app/_ui/version-field'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { LogEntryView } from '@/lib/schemas/log-view'
import { Questions } from '../../../_components/questions'
import { FormFold } from '../../_components/form-fold'
import { moveLogEntry, voidLogEntry } from '../actions'
import { AboutEntry } from './about-entry'

interface Props {
  view: LogEntryView
  submissionKey: string
  draft: FormDraft | null
}

/** Takes out an entry that was made in error. */
export function VoidEntryForm({ view, submissionKey, draft }: Props) {
  const { study, number, log, stored } = view
  return (
    <ActionForm
      action={voidLogEntry}
      submissionKey={submissionKey}
      draft={draft}
      label={`Void this ${log.one}`}
      id="void"
      closed={!stored?.mayMend}
      about={{ entry: String(stored?.id ?? '') }}
    >
      <AboutEntry study={study.code} number={number} log={log.path} entry={stored?.id ?? 'new'} />
      <VersionField name="version" value={stored?.version ?? 0} />
      <FormFold title="Entered in error">
        <Questions />
        <p className="note">It leaves lists, counts and exports, and stays in the history.</p>
        <ReasonField label="Reason" reasons={VOID_REASONS} />
        <KeepingButton>Void</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

/** Puts an entry under the participant whom it is about. */
export function MoveEntryForm({ view, submissionKey, draft }: Props) {
  const { study, number, log, stored } = view
  return (
    <ActionForm
      action={moveLogEntry}
      submissionKey={submissionKey}
      draft={draft}
      label={`Move this ${log.one}`}
      id="move"
      closed={!stored?.mayMend}
      about={{ entry: String(stored?.id ?? '') }}
    >
      <AboutEntry study={study.code} number={number} log={log.path} entry={stored?.id ?? 'new'} />
      <VersionField name="version" value={stored?.version ?? 0} />
      <FormFold title="Entered for the wrong participant">
        <Questions />
        <p className="note">
          Moves “{stored?.text}” from {number} as it is. It is checked again at the other participant.
        </p>
        <TextField name="to" label="Number of the right participant" size={12} />
        <ReasonField label="Reason" reasons={MOVE_REASONS} />
        <KeepingButton>Move</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

const VOID_REASONS = ['Entered twice', 'Did not happen', 'Belongs in another log'] as const

const MOVE_REASONS = ['Entered for the wrong participant'] as const
