/** Hand-built facts for tests of who was studied: what is not named in a test is unremarkable. */
import { findInstrument } from '@/lib/domain/instruments/registry'
import {
  BY_ARM,
  day,
  LATE_CUT,
  makeParticipant,
  makeProtocol,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { type CohortRequest, type PreparedCohort, prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import type { PopulationData, ScreenedRecord } from '@/lib/domain/population/population-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'

export const TREATED: Protocol = makeProtocol({
  treatments: [
    { code: 'DOSE1', name: 'First', dose: { value: 10, unit: 'million cells' } },
    { code: 'DOSE2', name: 'Second', dose: { value: 10, unit: 'million cells' }, optional: true },
  ],
  eligibility: {
    inclusion: [{ code: 'I1', text: 'Adult' }],
    exclusion: [{ code: 'E1', text: 'Blood disorder' }],
  },
})

export function makeRecord(participant: number, changes: Partial<ScreenedRecord> = {}): ScreenedRecord {
  const isEnrolled = (changes.outcome ?? 'enrolled') === 'enrolled'
  return {
    participant,
    site: 'MEL',
    outcome: 'enrolled',
    screenedOn: day('2024-01-01'),
    enrolledOn: day('2024-01-01'),
    rescreenOf: null,
    failedCriteria: [],
    allocated: isEnrolled,
    allocatedOn: isEnrolled ? day('2024-01-01') : null,
    doseDates: [],
    harvestDates: [],
    departures: [],
    consentDates: [],
    imported: false,
    age: null,
    sex: null,
    diagnosis: null,
    painType: null,
    painDurationMonths: null,
    level: null,
    previousTreatment: null,
    ...changes,
  }
}

export function makeData(changes: Partial<PopulationData> = {}): PopulationData {
  return {
    dataCut: LATE_CUT,
    ownSites: 'all',
    people: [],
    noFurtherUse: 0,
    baselineForms: [],
    imaged: [],
    conditions: [],
    medications: [],
    interventions: [],
    doses: [],
    visits: [],
    events: [],
    receipts: [],
    unscoredWindows: [],
    ...changes,
  }
}

/** The cohort of these records, with their doses and departures, and the scores given. */
export function prepareFrom(
  records: readonly ScreenedRecord[],
  protocol: Protocol = TREATED,
  changes: Partial<Omit<CohortRequest, 'data'>> & {
    readonly data?: Partial<CohortData>
    readonly armOf?: (participant: number) => string
  } = {},
): PreparedCohort {
  const { data, armOf, ...request } = changes
  const participants = records.map(record =>
    makeParticipant(record.participant, {
      site: record.site,
      arm: record.allocated ? (armOf?.(record.participant) ?? protocol.arms[0]?.code ?? null) : null,
      allocated: record.allocated,
      enrolled: record.outcome === 'enrolled',
      enrolledOn: record.enrolledOn,
      doses: record.doseDates.map((date, index) => ({ treatment: `DOSE${index + 1}`, date })),
      dayZero: record.doseDates[0] ?? null,
      imported: record.imported,
      leaving: { departures: record.departures, consentDates: record.consentDates },
    }),
  )
  return prepareCohort({
    protocol,
    parameters: deriveReportedParameters(protocol, findInstrument),
    dataCut: LATE_CUT,
    masking: BY_ARM,
    view: DEFAULT_ANALYSIS_VIEW,
    data: { participants, schedule: [], scores: [], missedVisits: [], ...data },
    ...request,
  })
}
