import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import type { ScoredAssessment } from '@/db/queries/derived'
import { scores } from '@/db/schema/visits'
import { replaceDerived } from '@/db/write'
import type { DerivedScore } from '@/lib/domain/instruments/derive-scores'

type Of = Pick<ScoredAssessment, 'assessmentId' | 'participantId' | 'visit'>

/** The stored rows that follow from one assessment's scores. */
export function scoreRows(of: Of, derived: readonly DerivedScore[]): (typeof scores.$inferInsert)[] {
  return derived.map(({ parameter, score, ruleVersion }) => ({
    assessmentId: of.assessmentId,
    participantId: of.participantId,
    visit: of.visit,
    parameter,
    value: score.kind === 'score' ? score.value : null,
    missingReason: score.kind === 'missing' ? score.reason : null,
    ruleVersion,
  }))
}

/** Replaces the scores of one assessment. */
export function writeScores(tx: Tx, of: Of, derived: readonly DerivedScore[]): void {
  replaceDerived(tx, 'scores', eq(scores.assessmentId, of.assessmentId), scoreRows(of, derived))
}
