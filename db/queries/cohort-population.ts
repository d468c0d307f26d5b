import type { Db, Tx } from '@/db/client'
import { nameAnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import { namesParticipants } from '@/lib/domain/outcomes/reported-arms'
import { MOST_MARKED } from '@/lib/domain/population/most-marked'
import type { PopulationData, ScreenedRecord } from '@/lib/domain/population/population-data'
import type { MaskingView } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { StudyId } from '@/lib/domain/shared/ids'
import { listBaselineForms, listReceipts, listUnscoredWindows } from './cohort-forms'
import { loadHistory } from './cohort-history'
import { countRestricted, loadScreened } from './cohort-screening'
import { listVisitRecords } from './cohort-visits'

export interface PopulationQuery {
  readonly studyId: StudyId
  readonly protocol: Protocol
  readonly view: MaskingView
  readonly dataCut: CalendarDate
  /** Codes of the sites at which the reader works. */
  readonly sites: 'all' | readonly string[]
}

/**
 * Everything from which `computePopulation` tells who was studied and how, beside the cohort itself. Voided rows are left
 * out, as is who asked for no further use. What was given is handed out only where the reader may know each arm.
 */
export function loadPopulation(db: Db | Tx, query: PopulationQuery): PopulationData {
  const { studyId, protocol, view, dataCut, sites } = query
  const history = loadHistory(db, studyId)
  const { people, doses } = loadScreened(db, { studyId, protocol }, history)
  const forms = listBaselineForms(db, { studyId, protocol })
  return {
    dataCut,
    ownSites: sites,
    people,
    noFurtherUse: countRestricted(db, studyId),
    baselineForms: forms.own,
    imaged: forms.imaged,
    conditions: history.conditions,
    medications: history.medications,
    interventions: history.interventions,
    doses: namesParticipants(protocol, view) ? doses : null,
    visits: listVisitRecords(db, studyId),
    events: people.filter(isInSet(protocol)).length <= MOST_MARKED ? history.events : null,
    receipts: listReceipts(db, { studyId, protocol }),
    unscoredWindows: listUnscoredWindows(db, { studyId, protocol }),
  }
}

/** Whether a record may belong to the analysis set, whatever the data cut. */
function isInSet(protocol: Protocol): (person: ScreenedRecord) => boolean {
  const set = nameAnalysisSet(protocol)
  return person =>
    set === 'randomised'
      ? person.allocated
      : set === 'treated'
        ? person.doseDates.length > 0
        : person.outcome === 'enrolled'
}
