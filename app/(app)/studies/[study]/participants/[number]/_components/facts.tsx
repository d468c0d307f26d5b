import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

/** The course of each value and what comes next, in one line. */
export function Facts(props: {
  courses: readonly { readonly label: string; readonly text: string }[]
  next:
    | {
        readonly plan: { readonly name: string }
        readonly scheduled: { readonly target: CalendarDate | null }
      }
    | undefined
}) {
  const { courses, next } = props
  const target = next?.scheduled.target
  if (courses.length === 0 && !next) return null
  return (
    <dl className="facts">
      {courses.map(course => (
        <div key={course.label}>
          <dt>{course.label}</dt>
          <dd>{course.text}</dd>
        </div>
      ))}
      {next && (
        <div>
          <dt>Next visit</dt>
          <dd>{target ? `${next.plan.name}, ${formatDate(target)}` : next.plan.name}</dd>
        </div>
      )}
    </dl>
  )
}

interface Registered {
  readonly participant: {
    readonly origin: string
    readonly consentVersion: string | null
    readonly consentDate: CalendarDate | null
    readonly screenedOn: CalendarDate | null
    readonly ageAtConsent: number | null
    readonly sex: string | null
    readonly diagnosis: string | null
    readonly painType: string | null
    readonly painDurationMonths: number | null
    readonly level: string | null
    readonly previousTreatment: string | null
    readonly rescreenOf: string | null
    readonly eligibility: Readonly<Record<string, boolean>>
  }
  readonly protocol: {
    readonly eligibility: {
      readonly inclusion: readonly { readonly code: string; readonly text: string }[]
      readonly exclusion: readonly { readonly code: string; readonly text: string }[]
    }
  }
}

const SEX: Readonly<Record<string, string>> = {
  female: 'Female',
  male: 'Male',
  intersex: 'Intersex',
  notStated: 'Not stated',
}

/** What was recorded at registration; what a file did not carry is said to be missing there. */
export function Registration({ record: { participant, protocol } }: { record: Registered }) {
  const absent = participant.origin === 'imported' ? 'Not in source' : '–'
  const { inclusion, exclusion } = protocol.eligibility
  const failed = [
    ...inclusion.filter(({ code }) => participant.eligibility[code] === false),
    ...exclusion.filter(({ code }) => participant.eligibility[code] === true),
  ]
  const consent = participant.consentDate
    ? `Version ${participant.consentVersion}, ${formatDate(participant.consentDate)}`
    : absent
  const lines: readonly (readonly [string, string | null])[] = [
    ['Consent', consent],
    ['Eligibility decided', participant.screenedOn ? formatDate(participant.screenedOn) : absent],
    [
      'Criteria not met',
      failed.length > 0 ? failed.map(({ code, text }) => `${code} ${text}`).join('; ') : null,
    ],
    ['Screened before as', participant.rescreenOf],
    ['Age at consent', participant.ageAtConsent === null ? absent : `${participant.ageAtConsent} years`],
    ['Sex', participant.sex === null ? absent : (SEX[participant.sex] ?? participant.sex)],
    ['Diagnosis', participant.diagnosis],
    ['Level or joint', participant.level],
    ['Pain', describePain(participant)],
    ['Previous treatment', participant.previousTreatment],
  ]
  return (
    <section className="fsec">
      <h2 className="pb-2">Registration</h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 lg:grid-cols-3">
        {lines.map(([label, text]) =>
          text === null ? null : (
            <div key={label}>
              <dt className="ink3">{label}</dt>
              <dd className="ink">{text}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  )
}

const PAIN: Readonly<Record<string, string>> = {
  axial: 'Axial',
  radicular: 'Radicular',
  both: 'Axial and radicular',
  unknown: 'Type unknown',
}

function describePain({ painType, painDurationMonths }: Registered['participant']): string | null {
  const type = painType === null ? null : (PAIN[painType] ?? painType)
  const since = painDurationMonths === null ? null : `${painDurationMonths} months`
  return [type, since].filter(Boolean).join(', ') || null
}
