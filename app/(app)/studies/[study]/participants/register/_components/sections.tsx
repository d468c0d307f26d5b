import type { ReactNode } from 'react'
import { DateField, type Option, RadioField, SelectField, TextAreaField, TextField } from '@/app/_ui/fields'
import type { Criterion, Protocol } from '@/lib/domain/protocol/protocol'
import { formatDate } from '@/lib/format/dates'

const YES_NO: readonly Option[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="sect">
      <div className="sh">
        <h2>{title}</h2>
        {note && <span className="r">{note}</span>}
      </div>
      <div className="grid gap-x-8 gap-y-4 pt-3 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </section>
  )
}

/** One site needs no choosing and is told; of several none is preselected. A protocol without a list takes any version. */
export function ConsentSection({
  sites,
  consents,
}: {
  sites: readonly Option[]
  consents: Protocol['consents']
}) {
  const versions = consents.map(({ version, approvedOn }) => ({
    value: version,
    label: `Version ${version}, approved ${formatDate(approvedOn)}`,
  }))
  const [only, ...others] = sites
  return (
    <Section title="Consent">
      {only && others.length === 0 ? (
        <div className="fld">
          <span>Site</span>
          <b className="ink">{only.label}</b>
          <input type="hidden" name="site" value={only.value} />
        </div>
      ) : (
        <SelectField name="site" label="Site" options={sites} autoFocus />
      )}
      {versions.length > 0 ? (
        <SelectField name="consentVersion" label="Consent version signed" options={versions} />
      ) : (
        <TextField
          name="consentVersion"
          label="Consent version signed"
          hint="As printed on the form; the protocol lists no versions"
          size={12}
        />
      )}
      <DateField name="consentDate" label="Date of consent" hint="For example 16 Apr 2026" />
    </Section>
  )
}

/** Every criterion is answered one by one; what is not met makes a screen failure. */
export function CriteriaSection({
  inclusion,
  exclusion,
}: {
  inclusion: readonly Criterion[]
  exclusion: readonly Criterion[]
}) {
  return (
    <section className="sect">
      <div className="sh">
        <h2>Eligibility</h2>
        <span className="r">A criterion not met is kept as a screen failure</span>
      </div>
      <CriterionList title="Inclusion: is it met?" criteria={inclusion} />
      <CriterionList title="Exclusion: is it present?" criteria={exclusion} />
      <div className="grid gap-x-8 gap-y-4 pt-3 sm:grid-cols-2 lg:grid-cols-3">
        <RadioField name="takesPart" label="If eligible, takes part in the study" options={YES_NO} />
        <DateField name="screenedOn" label="Eligibility decided on" hint="Left empty: the date of consent" />
        <TextField
          name="rescreenOf"
          label="Earlier number"
          hint="Only if this person was screened before"
          size={16}
        />
      </div>
    </section>
  )
}

function CriterionList({ title, criteria }: { title: string; criteria: readonly Criterion[] }) {
  if (criteria.length === 0) return null
  return (
    <div className="pt-3">
      <h3 className="pb-1">{title}</h3>
      {criteria.map(({ code, text }) => (
        <div key={code} className="criterion">
          <RadioField name={`eligibility.${code}`} label={`${code} ${text}`} options={YES_NO} />
          {/* After the answer: says that it was asked, so that one left open is told with everything else. */}
          <input type="hidden" name={`eligibility.${code}`} value="" />
        </div>
      ))}
    </div>
  )
}

const SEX_OPTIONS: readonly Option[] = [
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
  { value: 'intersex', label: 'Intersex' },
  { value: 'notStated', label: 'Not stated' },
]

export function PersonSection() {
  return (
    <Section title="Person">
      <TextField name="ageAtConsent" label="Age at consent, completed years" inputMode="numeric" size={6} />
      <RadioField name="sex" label="Sex" options={SEX_OPTIONS} />
    </Section>
  )
}

const PAIN_OPTIONS: readonly Option[] = [
  { value: 'axial', label: 'Axial' },
  { value: 'radicular', label: 'Radicular' },
  { value: 'both', label: 'Both' },
  { value: 'unknown', label: 'Unknown' },
]

const DAY_ZERO_HINT: Readonly<Record<Protocol['dayZero'], string>> = {
  firstTreatment: 'Planned date of the first treatment; windows stay provisional until it was given',
  randomisation: 'Planned date of randomisation; windows stay provisional until it is recorded',
  enrolment: '',
}

export function HistorySection({ dayZero }: { dayZero: Protocol['dayZero'] }) {
  return (
    <Section title="History and plan" note="May be left empty">
      <TextField name="diagnosis" label="Diagnosis" />
      <TextField name="level" label="Level or joint" hint="For example L4/L5" size={12} />
      <TextField name="painDurationMonths" label="Duration of pain, months" inputMode="numeric" size={6} />
      <RadioField name="painType" label="Type of pain" options={PAIN_OPTIONS} />
      <TextAreaField name="previousTreatment" label="Previous treatment" rows={2} />
      {dayZero !== 'enrolment' && (
        <DateField name="plannedDayZero" label="Planned day zero" hint={DAY_ZERO_HINT[dayZero]} />
      )}
    </Section>
  )
}
