import { KeepingButton } from '@/app/_ui/keeping-button'
import { ReasonField } from '@/app/_ui/reason-field'
import { VersionField } from '@/app/_ui/version-field'
import { Questions } from '../../../_components/questions'

/** The record that a form of mending is about; `version` stands for all that its page showed. */
export function Mended(props: { names: Readonly<Record<string, string | number>> & { version: number } }) {
  const { version, ...names } = props.names
  return (
    <>
      <VersionField name="version" value={version} />
      {Object.entries(names).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  )
}

/** What is asked, why it is done, and the button that does it. */
export function Confirm(props: { reasons: readonly string[]; button: string }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3 py-3 [&_.fld]:max-w-full [&_input]:max-w-full [&>*]:max-w-full">
      <Questions />
      <ReasonField label="Reason" reasons={props.reasons} />
      <KeepingButton>{props.button}</KeepingButton>
    </div>
  )
}

export const MOVE_REASONS = [
  'Entered for the wrong participant',
  'Entered for the wrong visit',
  'Source document corrected',
] as const

export const VOID_REASONS = [
  'Entered in error: it did not take place',
  'Entered twice',
  'Source document withdrawn',
] as const
