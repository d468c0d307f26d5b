import { z } from 'zod'
import type { ReportClock } from '@/lib/domain/events/report-clock'
import { joinReason, ReasonParts } from './reason'
import {
  confirmedQuestions,
  optionalDate,
  optionalText,
  recordVersion,
  requiredDate,
  requiredText,
} from './typed-values'

const EventKey = {
  study: requiredText('The study is missing. Open the form again.'),
  number: requiredText('The participant is missing. Open the form again.'),
  entry: z.coerce.number().int().min(1),
} as const

const ReportKey = {
  ...EventKey,
  report: z.coerce.number().int().min(1),
  version: recordVersion,
  /** After a conflict: the version that was shown with it. */
  overVersion: recordVersion.optional(),
} as const

/** That the sponsor was told, as the person who told it types it at the site. */
export const ReportEvent = z
  .object({
    ...ReportKey,
    reportedOn: requiredDate('Enter the date on which it was reported.'),
    reportedTime: requiredText('Enter the time at which it was reported, for example 14:05.', 10),
    reportedBy: requiredText('Enter who reported it.', 100),
    reference: requiredText('Enter the sponsor’s case number, or how it was sent.', 100),
  })
  .transform(({ overVersion, ...rest }) => ({ ...rest, version: overVersion ?? rest.version }))
export type ReportEventInput = z.output<typeof ReportEvent>

/** New information on an event. Its awareness is needed where the event is serious: a report of its own follows. */
export const AddEventNote = z.object({
  ...EventKey,
  note: requiredText('Write what is new.', 2000),
  awareOn: optionalDate,
  awareTime: optionalText(10),
  confirm: confirmedQuestions,
})
export type AddEventNoteInput = z.output<typeof AddEventNote>

/** A report as it should have been recorded; the report to the sponsor blank where there was none. */
export const CorrectEventReport = z
  .object({
    ...ReportKey,
    ...ReasonParts,
    awareOn: requiredDate('Enter the date of awareness.'),
    awareTime: requiredText('Enter the time of awareness, for example 14:05.', 10),
    note: optionalText(2000),
    reportedOn: optionalDate,
    reportedTime: optionalText(10),
    reportedBy: optionalText(100),
    reference: optionalText(100),
    confirm: confirmedQuestions,
  })
  .transform(({ overVersion, reason, reasonText, ...rest }) => ({
    ...rest,
    version: overVersion ?? rest.version,
    reason: joinReason({ reason, reasonText }),
  }))
export type CorrectEventReportInput = z.output<typeof CorrectEventReport>

export const VoidEventReport = z
  .object({ ...ReportKey, ...ReasonParts, confirm: confirmedQuestions })
  .transform(({ overVersion, reason, reasonText, ...rest }) => ({
    ...rest,
    version: overVersion ?? rest.version,
    reason: joinReason({ reason, reasonText }),
  }))
export type VoidEventReportInput = z.output<typeof VoidEventReport>

/** A time as it stood on the wall at the site, ready to be shown and typed. */
export interface SiteTime {
  /** `16 Apr 2026`. */
  readonly day: string
  /** `18:30`. */
  readonly time: string
}

/** One report or note of an event, as its page shows it. */
export interface EventReportView {
  readonly id: number
  readonly version: number
  readonly kind: 'initial' | 'followUp' | 'note'
  readonly aware: SiteTime
  /** UTC. */
  readonly awareAt: string
  readonly note: string | null
  /** Null: the sponsor was not told yet, or need not be. */
  readonly reported:
    | (SiteTime & { readonly at: string; readonly by: string; readonly reference: string })
    | null
  /** Null: a note, which has none. */
  readonly clock: ReportClock | null
}

/** What of the reports of an event a person is shown, and may do. */
export interface EventReports {
  readonly reports: readonly EventReportView[]
  /** New information starts a clock of its own. */
  readonly isReportable: boolean
  readonly isTreatmentEmergent: 'yes' | 'no' | 'unknown'
  readonly may: { readonly report: boolean; readonly mend: boolean }
  /** Name of the person, offered as who reported. */
  readonly me: string
  /** Now, at the site. */
  readonly now: SiteTime
}

/** The reports of one participant's serious events, without anything that was recorded of the events. */
export interface ReportDuty extends Pick<EventReports, 'may' | 'me' | 'now'> {
  readonly number: string
  readonly locked: boolean
  /** No further use was asked for: the reports are made here. Otherwise on the page of each event. */
  readonly restricted: boolean
  readonly reports: readonly (EventReportView & { readonly entry: number })[]
}

/** A clock that runs, as the worklist and a participant's page show it. */
export interface RunningClock {
  readonly number: string
  readonly site: string
  readonly entry: number
  readonly kind: 'initial' | 'followUp'
  /** The event in one line; of who asked for no further use, that it is one. */
  readonly event: string
  /** No further use was asked for: only the clock has a page. */
  readonly restricted: boolean
  readonly aware: SiteTime
  readonly clock: Extract<ReportClock, { state: 'running' }>
}

const flag = z.preprocess(value => value === '1', z.boolean())

/** The address of the safety list. What cannot be read is taken as not given. */
export const SafetyList = z.object({
  site: z.string().max(32).catch(''),
  grade: z.enum(['1', '2', '3', '4', '5']).nullable().catch(null),
  serious: flag,
  open: flag,
  judge: flag,
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
export type SafetyListInput = z.output<typeof SafetyList>

/** One event in the study-wide list. */
export interface ListedEvent {
  readonly id: number
  readonly number: string
  readonly site: string
  readonly term: string
  readonly category: string
  /** As known: `Apr 2026`. */
  readonly began: string
  readonly outcome: string
  readonly grade: string
  readonly isSerious: boolean
  readonly isTreatmentEmergent: 'yes' | 'no' | 'unknown'
  readonly awaitsJudgement: boolean
  /** As judged; empty: not judged yet. */
  readonly relation: { readonly procedure: string; readonly product: string }
  readonly expectedness: string
  /** The most pressing report; null: none is due. */
  readonly clock: ReportClock | null
}

export interface Safety {
  readonly study: { readonly code: string; readonly synthetic: boolean; readonly locked: boolean }
  readonly sites: readonly { readonly code: string; readonly name: string }[]
  readonly events: readonly ListedEvent[]
  /** Events that fit the filters, and all that the person may see. */
  readonly found: number
  readonly total: number
  readonly pageSize: number
  /** Over all that the person may see; of reports, `open` and `late`, as the worklist shows them. */
  readonly counts: {
    readonly serious: number
    readonly open: number
    readonly late: number
    /** Of the open: of who asked for no further use, whose events are in no list. */
    readonly unlisted: number
    readonly toJudge: number
  }
}
