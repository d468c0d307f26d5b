import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { INTERVENTION_LABELS, INTERVENTIONS } from '@/lib/domain/outcomes/rescue'
import { deriveCountedLine, deriveMeasuredLine, type LineGroups } from '@/lib/domain/population/baseline-line'
import type { BaselineLine } from '@/lib/domain/population/baseline-types'
import type { HistoryEntry, PopulationData, ScreenedRecord } from '@/lib/domain/population/population-data'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import { spanOf } from '@/lib/domain/shared/partial-date'

const HEADING = 'Condition and earlier treatment'
const PAIN_TYPES = [
  { code: 'axial', label: 'Axial' },
  { code: 'radicular', label: 'Radicular' },
  { code: 'both', label: 'Axial and radicular' },
  { code: 'unknown', label: 'Unknown' },
]

/**
 * The condition as recorded at registration, with the level imaged at baseline where none was recorded, and from the logs
 * what began before the first study procedure (harvest or dose, else day zero): conditions, interventions, drugs. An entry
 * whose date leaves it open counts as before where its earliest day is; an undated one counts. Who has no entry counts
 * with none, since a log says nothing of what is not in it.
 * Source: clinical.md §3, dates and adverse events (first procedure). Example: `L4/L5; L5/S1` → one in each category.
 */
export function deriveHistoryLines(
  cohort: PreparedCohort,
  data: PopulationData,
  people: readonly (ScreenedRecord | undefined)[],
  groups: LineGroups,
): BaselineLine[] {
  const { members } = cohort.set
  const recorded = (pick: (person: ScreenedRecord) => string | null, separator = /[;,]/) =>
    people.map(person => splitTerms(person ? pick(person) : null, separator))
  const imaged = groupRows(
    data.imaged.filter(({ date }) => date === null || date <= data.dataCut),
    row => row.participant,
  )
  const levels = recorded(person => person.level).map(
    (terms, position) => terms ?? listPlaces(imaged.get(members[position]?.participant ?? -1)),
  )
  const starts = members.map((member, position) => findFirstProcedure(member, people[position], data.dataCut))
  const before = <Entry extends HistoryEntry>(entries: readonly Entry[], codeOf: (entry: Entry) => string) =>
    listBefore(entries, codeOf, members, starts, data.dataCut)
  const naming = (code: string, label: string) => ({ code, label, heading: HEADING })
  return [
    deriveCountedLine(
      naming('DIAGNOSIS', 'Diagnosis'),
      'many',
      recorded(person => person.diagnosis, /;/),
      groups,
    ),
    deriveCountedLine(
      naming('PAIN_TYPE', 'Type of pain'),
      'one',
      people.map(person => (person?.painType ? [person.painType] : null)),
      groups,
      PAIN_TYPES,
    ),
    deriveMeasuredLine(
      { ...naming('PAIN_DURATION', 'Duration of symptoms'), unit: 'months' },
      people.map(person => person?.painDurationMonths ?? null),
      groups,
    ),
    deriveCountedLine(naming('LEVEL', 'Level or joint'), 'many', levels, groups),
    deriveCountedLine(
      naming('PREVIOUS_TREATMENT', 'Previous treatment, as recorded at registration'),
      'many',
      recorded(person => person.previousTreatment),
      groups,
    ),
    ...(data.interventions.length === 0
      ? []
      : [
          deriveCountedLine(
            naming('INTERVENTIONS_BEFORE', 'Interventions before the first procedure'),
            'many',
            before(data.interventions, entry => entry.kind),
            groups,
            INTERVENTIONS.map(code => ({ code, label: INTERVENTION_LABELS[code] })),
          ),
        ]),
    ...(data.medications.length === 0
      ? []
      : [
          deriveCountedLine(
            naming('MEDICATION_BEFORE', 'Medication before the first procedure'),
            'many',
            before(data.medications, entry => entry.label),
            groups,
          ),
        ]),
    ...(data.conditions.length === 0
      ? []
      : [
          deriveCountedLine(
            naming('CONDITIONS', 'Medical history'),
            'many',
            before(data.conditions, entry => entry.label),
            groups,
          ),
        ]),
  ]
}

/** Terms of a text, each beginning with a capital so that case does not part them; null: nothing was recorded. */
function splitTerms(text: string | null, separator: RegExp): readonly string[] | null {
  const terms = (text ?? '').split(separator).map(term => term.trim())
  const present = terms
    .filter(term => term !== '')
    .map(term => `${term.charAt(0).toUpperCase()}${term.slice(1)}`)
  return present.length === 0 ? null : [...new Set(present)]
}

function listPlaces(rows: readonly { readonly location: string }[] | undefined): readonly string[] | null {
  const places = (rows ?? []).map(({ location }) => location).filter(location => location !== '')
  return places.length === 0 ? null : [...new Set(places)]
}

function findFirstProcedure(
  member: CohortParticipant,
  person: ScreenedRecord | undefined,
  dataCut: CalendarDate,
): CalendarDate | null {
  const days = [...(person?.harvestDates ?? []), ...(person?.doseDates ?? []).flatMap(date => date ?? [])]
  return days.filter(day => day <= dataCut).toSorted()[0] ?? member.dayZero
}

function listBefore<Entry extends HistoryEntry>(
  entries: readonly Entry[],
  codeOf: (entry: Entry) => string,
  members: readonly CohortParticipant[],
  starts: readonly (CalendarDate | null)[],
  dataCut: CalendarDate,
): readonly (readonly string[])[] {
  const own = groupRows(entries, entry => entry.participant)
  return members.map(({ participant }, position) => {
    const start = starts[position] ?? dataCut
    const early = (own.get(participant) ?? []).filter(
      ({ from }) => from === null || spanOf(from).first < start,
    )
    return [...new Set(early.map(codeOf))]
  })
}
