/** How the columns of a file become participants, visits and values. The tidy CSV is a mapping like any other. */
import type { MissingReason } from '@/lib/domain/shared/missing'

/** A text that comes from a column, or is the same in every row. */
export type TextSource = ColumnSource | { readonly value: string }

export interface ColumnSource {
  readonly column: string
  /** Text in the file → what it stands for. A text that is not here is an error, so that none slips through. */
  readonly recode?: Readonly<Record<string, string>> | undefined
  /** Markers that mean *missing* in this column, beside those of the whole file. */
  readonly missing?: MissingMarkers | undefined
  /** A number is multiplied, e.g. years → months with 12. */
  readonly multiply?: number | undefined
  /** A number is made whole: `down` for completed years, `nearest` otherwise. */
  readonly round?: 'down' | 'nearest' | undefined
}

/** Marker → reason that is recorded; null: nothing is recorded, as for a blank cell. */
export type MissingMarkers = Readonly<Record<string, MissingReason | null>>

/** Rows that are not imported, with the reason that the report gives. Exactly one of `equals` and `isMissing`. */
export interface SkipRule {
  readonly reason: string
  readonly column: string
  readonly equals?: readonly string[] | undefined
  readonly isMissing?: boolean | undefined
}

/** Facts of a participant that a file may carry. */
export const PARTICIPANT_FIELDS = [
  'ageAtConsent',
  'sex',
  'diagnosis',
  'painType',
  'painDurationMonths',
  'level',
  'previousTreatment',
] as const

export type ParticipantField = (typeof PARTICIPANT_FIELDS)[number]

export interface ImportMapping {
  readonly subject: TextSource
  readonly site: TextSource
  readonly arm?: TextSource | undefined
  readonly visit: TextSource
  readonly visitDate?: TextSource | undefined
  /** 1: the forms of the row were taken before the dose of their day; 0: after it. */
  readonly beforeTreatment?: TextSource | undefined
  /** Parameter, item or `FORM.FIELD` → where its value comes from. */
  readonly values: Readonly<Record<string, TextSource>>
  readonly participant?: Readonly<Partial<Record<ParticipantField, TextSource | undefined>>> | undefined
  /** Treatment of the protocol → the day on which it was given. */
  readonly treatments?: Readonly<Record<string, TextSource>> | undefined
  readonly missing?: MissingMarkers | undefined
  readonly skip?: readonly SkipRule[] | undefined
  /** Columns that the mapping does not name are left out; otherwise they are errors. */
  readonly ignoreOtherColumns?: boolean | undefined
}

/**
 * Columns of values whose numbers are converted, each with how, so that what the source said can be told from what is
 * stored. A tidy file (null) converts nothing. Source: clinical.md §2, VAS: the unit is stored.
 * Example: `VAS: { column: 'vas_cm', multiply: 10 }` → `vas_cm` → `vas_cm × 10`.
 */
export function listConversions(mapping: ImportMapping | null): ReadonlyMap<string, string> {
  const converted = Object.values(mapping?.values ?? {}).flatMap(source => {
    if (!('column' in source) || source.multiply === undefined || source.multiply === 1) return []
    return [[source.column, `${source.column} × ${source.multiply}`] as const]
  })
  return new Map(converted)
}

const BEFORE_TREATMENT = 'before_treatment'
const TIDY_COLUMNS = ['subject', 'site', 'arm', 'visit', 'visit_date', BEFORE_TREATMENT] as const

/**
 * The mapping of a tidy CSV: five fixed columns, a sixth (`before_treatment`) where there is one, and each
 * further column stands for the parameter, item, form field or treatment of its name. Columns that are
 * lacking are found when the file is read. Source: protocols/README.md.
 * Example: header `subject,site,arm,visit,visit_date,NPRS_AVG` → `values: { NPRS_AVG: { column: 'NPRS_AVG' } }`.
 */
export function tidyMapping(header: readonly string[], treatments: readonly string[]): ImportMapping {
  const others = header.filter(name => !(TIDY_COLUMNS as readonly string[]).includes(name))
  const sources = (names: readonly string[]) => Object.fromEntries(names.map(column => [column, { column }]))
  return {
    subject: { column: 'subject' },
    site: { column: 'site' },
    arm: { column: 'arm' },
    visit: { column: 'visit' },
    visitDate: { column: 'visit_date' },
    ...(header.includes(BEFORE_TREATMENT) ? { beforeTreatment: { column: BEFORE_TREATMENT } } : {}),
    values: sources(others.filter(name => !treatments.includes(name))),
    treatments: sources(others.filter(name => treatments.includes(name))),
  }
}
