import { TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { LogEntryView } from '@/lib/schemas/log-view'
import { Questions } from '../../../_components/questions'
import { FormFold } from '../../_components/form-fold'
import { moveLogEntry, voidLogEntry } from '../actions'
import { AboutEntry } from './about-entry'

interface Props {
  view: LogEntryView
  submissionKey: string
}

/** Takes out an entry that was made in error. */
export function VoidEntryForm({ view, submissionKey }: Props) {
  const { study, number, log, stored } = view
  return (
    <ActionForm
      action={voidLogEntry}
      submissionKey={submissionKey}
      label={`Void this ${log.one}`}
      id="void"
      closed={!stored?.mayMend}
      about={{ entry: String(stored?.id ?? '') }}
    >
      <AboutEntry study={study.code} number={number} log={log.path} entry={stored?.id ?? 'new'} />
      <input type="hidden" name="version" value={stored?.version ?? 0} />
      <FormFold title="Entered in error">
        <Questions />
        <p className="note">It leaves lists, counts and exports, and stays in the history.</p>
        <ReasonField label="Reason" reasons={VOID_REASONS} />
        <SubmitButton className="btn pri">Void</SubmitButton>
      </FormFold>
    </ActionForm>
  )
}

/** Puts an entry under the participant whom it is about. */
export function MoveEntryForm({ view, submissionKey }: Props) {
  const { study, number, log, stored } = view
  return (
    <ActionForm
      action={moveLogEntry}
      submissionKey={submissionKey}
      label={`Move this ${log.one}`}
      id="move"
      closed={!stored?.mayMend}
      about={{ entry: String(stored?.id ?? '') }}
    >
      <AboutEntry study={study.code} number={number} log={log.path} entry={stored?.id ?? 'new'} />
      <input type="hidden" name="version" value={stored?.version ?? 0} />
      <FormFold title="Entered for the wrong participant">
        <Questions />
        <p className="note">
          Moves “{stored?.text}” from {number} as it is. It is checked again at the other participant.
        </p>
        <TextField name="to" label="Number of the right participant" size={12} />
        <ReasonField label="Reason" reasons={MOVE_REASONS} />
        <SubmitButton className="btn pri">Move</SubmitButton>
      </FormFold>
    </ActionForm>
  )
}

const VOID_REASONS = ['Entered twice', 'Did not happen', 'Belongs in another log'] as const

const MOVE_REASONS = ['Entered for the wrong participant'] as const
