import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { listAnalgesicsForms, listMedications } from '@/db/queries/medications'
import { scores } from '@/db/schema/visits'
import { replaceDerived } from '@/db/write'
import { MME_DAY } from '@/lib/domain/instruments/analgesics'
import { findMorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import { deriveMorphineScore } from '@/lib/domain/medication/morphine-score'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { scoreRows } from './scores'

/**
 * Derives the morphine equivalents of every analgesics form of a participant and replaces the stored rows that differ.
 * Called once a transaction wrote what they follow from: the form, its visit, or an entry of the medication log.
 */
export function writeMorphineScores(tx: Tx, participantId: ParticipantId, settings: Settings): void {
  if (!findMorphineTable(settings.analgesics?.morphineFactors)) return
  const forms = listAnalgesicsForms(tx, participantId).filter(form => form.notDoneReason === null)
  if (forms.length === 0) return
  const taken = listMedications(tx, participantId)
  for (const form of forms) {
    const { assessmentId, visit } = form
    const derived = deriveMorphineScore(form, taken, settings)
    const rows = scoreRows({ assessmentId, participantId, visit }, derived ? [derived] : [])
    const [row] = rows
    const isStored =
      form.value === (row?.value ?? null) &&
      form.missingReason === (row?.missingReason ?? null) &&
      form.ruleVersion === (row?.ruleVersion ?? null) &&
      form.scoredFor === (row?.participantId ?? null) &&
      form.scoredAt === (row?.visit ?? null)
    if (isStored) continue
    const here = and(eq(scores.assessmentId, assessmentId), eq(scores.parameter, MME_DAY.code))
    if (here) replaceDerived(tx, 'scores', here, rows)
  }
}
