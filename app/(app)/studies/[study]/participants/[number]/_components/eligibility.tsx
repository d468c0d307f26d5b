import { DateField, TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { KeepingButton } from '@/app/_ui/keeping-button'
import { ReasonField } from '@/app/_ui/reason-field'
import { ScrollBox } from '@/app/_ui/scroll-box'
import { VersionField } from '@/app/_ui/version-field'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { ParticipantLeaving } from '@/lib/schemas/participant-leaving'
import { Questions } from '../../_components/questions'
import { overrideEligibility, voidOverride } from '../../eligibility-actions'
import { FormFold } from './form-fold'

interface Screened {
  readonly participant: {
    readonly rowVersion: number
    readonly plannedDayZero: CalendarDate | null
    readonly eligibility: Readonly<Record<string, boolean>>
  }
  readonly protocol: {
    readonly treatments: readonly unknown[]
    readonly dayZero: string
    readonly eligibility: {
      readonly inclusion: readonly { readonly code: string; readonly text: string }[]
      readonly exclusion: readonly { readonly code: string; readonly text: string }[]
    }
  }
}

interface About {
  readonly study: string
  readonly number: string
}

/** Every criterion with its answer, what an investigator decided about those not met, and the forms for it. */
export function Eligibility(props: {
  about: About
  record: Screened
  leaving: ParticipantLeaving
  /** A submission key for each form. */
  newKey: () => string
  /** What was kept of one of the forms. */
  draftOf: (form: string) => FormDraft | null
}) {
  const { about, leaving, newKey, draftOf } = props
  const { participant, protocol } = props.record
  const { inclusion, exclusion } = protocol.eligibility
  if (inclusion.length + exclusion.length === 0) return null
  const answers = participant.eligibility
  return (
    <section className="fsec" id="eligibility">
      <h2 className="pb-2">Eligibility</h2>
      <ScrollBox label="Criteria">
        <table>
          <thead>
            <tr>
              <th scope="col">Criterion</th>
              <th scope="col">Answer</th>
              <th scope="col">Override</th>
            </tr>
          </thead>
          <tbody>
            {inclusion.map(({ code, text }) => (
              <Line key={code} {...{ code, text, leaving }} answer={tell(answers[code], 'Met', 'Not met')} />
            ))}
            {exclusion.map(({ code, text }) => (
              <Line
                key={code}
                {...{ code, text, leaving }}
                answer={tell(answers[code], 'Present', 'Absent')}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <OverrideForm {...props} />
      <ActionForm
        action={voidOverride}
        submissionKey={newKey()}
        label="Take the override back"
        draft={draftOf('void-override')}
        id="void-override"
        closed={!leaving.may.voidOverride}
      >
        <Names about={about} version={participant.rowVersion} />
        <FormFold title="Take the override back">
          <Questions />
          <p className="note">
            For an override entered in error, as long as nothing was recorded since. The participant is a
            screen failure again.
          </p>
          <ReasonField label="Reason" />
          <KeepingButton>Take back</KeepingButton>
        </FormFold>
      </ActionForm>
    </section>
  )
}

function OverrideForm({
  about,
  record: { participant, protocol },
  leaving,
  newKey,
  draftOf,
}: Parameters<typeof Eligibility>[0]) {
  return (
    <ActionForm
      action={overrideEligibility}
      submissionKey={newKey()}
      label="Enrol in spite of criteria"
      draft={draftOf('override')}
      id="override"
      closed={!leaving.may.override || leaving.unmet.length === 0}
    >
      <Names about={about} version={participant.rowVersion} />
      <FormFold title="Enrol in spite of criteria">
        <Questions />
        <p className="note">
          An investigator decides, and says of each criterion why it keeps nobody out here.
        </p>
        {leaving.unmet.map(({ code, text }) => (
          <TextField key={code} name={`reasons.${code}`} label={`Reason for ${code}`} hint={text} size={60} />
        ))}
        <div className="flex flex-wrap gap-4">
          <DateField name="enrolledOn" label="Date of enrolment" hint="For example 16 Apr 2026" />
          {protocol.dayZero !== 'enrolment' && (
            <DateField
              name="plannedDayZero"
              label="Planned day zero"
              hint="Blank where not known"
              value={participant.plannedDayZero && formatDate(participant.plannedDayZero)}
            />
          )}
        </div>
        <KeepingButton>Enrol</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

function Names({ about, version }: { about: About; version: number }) {
  return (
    <>
      <input type="hidden" name="study" value={about.study} />
      <input type="hidden" name="number" value={about.number} />
      <VersionField name="version" value={version} />
    </>
  )
}

function Line(props: { code: string; text: string; answer: string; leaving: ParticipantLeaving }) {
  const override = props.leaving.overrides.find(({ criterion }) => criterion === props.code)
  const isUnmet = props.leaving.unmet.some(({ code }) => code === props.code)
  return (
    <tr>
      <th scope="row">
        {props.code} <span className="ink3">{props.text}</span>
      </th>
      <td className={isUnmet ? 't-warn' : undefined}>{props.answer}</td>
      <td className="wordy">
        {override && `${override.reason} (${override.decidedBy}, ${formatDate(override.decidedOn)})`}
      </td>
    </tr>
  )
}

function tell(answer: boolean | undefined, yes: string, no: string): string {
  return answer === undefined ? 'Not answered' : answer ? yes : no
}
