import type { Db, Tx } from '@/db/client'
import { deriveScheduleRows, storeSchedule } from '@/db/commands/schedule'
import { scoreRows, writeScores } from '@/db/commands/scores'
import {
  listParticipantIds,
  listScoreRows,
  readScheduleRows,
  readScoredAssessments,
  type ScoredAssessment,
} from '@/db/queries/derived'
import { mapMedications } from '@/db/queries/medications'
import type { StudyRow } from '@/db/queries/studies'
import { insertDerived } from '@/db/write'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import { type DerivedScore, deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { Medication } from '@/lib/domain/medication/medication'
import { ANALGESICS_FORM, deriveMorphineScore } from '@/lib/domain/medication/morphine-score'
import type { Protocol, Settings } from '@/lib/domain/protocol/protocol'
import type { AssessmentId, ParticipantId, SiteId } from '@/lib/domain/shared/ids'
import type { MissingReason } from '@/lib/domain/shared/missing'

interface InForce {
  readonly protocol: Protocol
  readonly protocolVersion: string
}

const ENOUGH = 100

/** Schedules and statuses that differ from what the protocol in force gives now; a text for each participant, at most 100. */
export function checkSchedules(db: Db, study: StudyRow, inForce: InForce): string[] {
  const findings: string[] = []
  for (const participantId of listParticipantIds(db, study.id)) {
    const derived = deriveScheduleRows(db, { participantId, ...inForce })
    const stored = readScheduleRows(db, participantId)
    if (formatRows(derived.visits) !== formatRows(stored.visits)) {
      findings.push(`study ${study.code}: the schedule of participant row ${participantId} differs`)
    }
    if (formatRows([derived.status]) !== formatRows(stored.statuses)) {
      findings.push(`study ${study.code}: the status of participant row ${participantId} differs`)
    }
    if (findings.length >= ENOUGH) break
  }
  return findings
}

/** Scores that differ from what the scoring rules give now; a text for each form, at most 100. */
export function checkScores(db: Db, study: StudyRow, settings: Settings): string[] {
  const findings: string[] = []
  for (const page of readScoredAssessments(db, study.id)) {
    for (const { assessment } of listDifferingScores(db, page, settings)) {
      findings.push(
        `study ${study.code}: the scores of ${assessment.number} ${assessment.visit} ${assessment.form} differ`,
      )
    }
    if (findings.length >= ENOUGH) break
  }
  return findings.slice(0, ENOUGH)
}

/** Brings every schedule of a study, or of one of its sites, up to the protocol in force. */
export function rewriteSchedules(tx: Tx, study: StudyRow, inForce: InForce, siteId?: SiteId): void {
  for (const participantId of listParticipantIds(tx, study.id, siteId))
    storeSchedule(tx, participantId, deriveScheduleRows(tx, { participantId, ...inForce }))
}

/** Scores every form of a study again; returns how many changed. Throws where stored answers do not fit the settings. */
export function rewriteScores(tx: Tx, study: StudyRow, settings: Settings): number {
  let changed = 0
  for (const page of readScoredAssessments(tx, study.id)) {
    for (const { assessment, derived } of listDifferingScores(tx, page, settings)) {
      writeScores(tx, assessment, derived)
      changed += 1
    }
  }
  return changed
}

/** Derives every schedule and score of a study of which nothing derived is stored yet. */
export function writeDerivedRows(tx: Tx, study: StudyRow, inForce: InForce): void {
  for (const participantId of listParticipantIds(tx, study.id)) {
    const { visits, status } = deriveScheduleRows(tx, { participantId, ...inForce })
    insertDerived(tx, 'scheduled_visits', visits)
    insertDerived(tx, 'participant_statuses', [status])
  }
  for (const page of readScoredAssessments(tx, study.id)) {
    const taken = mapMedications(tx, listAnalgesicUsers(page))
    for (const assessment of page) {
      const medication = taken.get(assessment.participantId) ?? []
      const derived = scoresOf(assessment, medication, inForce.protocol.settings)
      insertDerived(tx, 'scores', scoreRows(assessment, derived))
    }
  }
}

function listDifferingScores(
  db: Db | Tx,
  page: readonly ScoredAssessment[],
  settings: Settings,
): { assessment: ScoredAssessment; derived: readonly DerivedScore[] }[] {
  const stored = new Map<AssessmentId, object[]>()
  const ids = page.map(({ assessmentId }) => assessmentId)
  for (const row of listScoreRows(db, ids)) {
    stored.set(row.assessmentId, [...(stored.get(row.assessmentId) ?? []), row])
  }
  const taken = mapMedications(db, listAnalgesicUsers(page))
  return page
    .map(assessment => ({
      assessment,
      derived: scoresOf(assessment, taken.get(assessment.participantId) ?? [], settings),
    }))
    .filter(({ assessment, derived }) => {
      const rows = stored.get(assessment.assessmentId) ?? []
      return formatRows(scoreRows(assessment, derived)) !== formatRows(rows)
    })
}

/** Whose medication some of these scores follow from. */
function listAnalgesicUsers(page: readonly ScoredAssessment[]): readonly ParticipantId[] {
  const forms = page.filter(({ form }) => form === ANALGESICS_FORM)
  return [...new Set(forms.map(({ participantId }) => participantId))]
}

function scoresOf(
  assessment: ScoredAssessment,
  taken: readonly Medication[],
  settings: Settings,
): readonly DerivedScore[] {
  const { form, answers, notDoneReason } = assessment
  const scores = deriveScores(form, answers, notDoneReason as MissingReason | null, settings)
  const morphine = form === ANALGESICS_FORM ? deriveMorphineScore(assessment, taken, settings) : null
  return morphine ? [...scores, morphine] : scores
}

/** Rows as one text, whatever their order. */
function formatRows(rows: readonly object[]): string {
  return rows
    .map(row => formatCanonicalJson({ ...row } as JsonValue))
    .sort()
    .join('\n')
}
