import { listParticipantScores } from '@/db/queries/assessments'
import { readScheduleFacts } from '@/db/queries/schedule'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import { deriveDayZero } from '@/lib/domain/protocol/schedule'
import type { Trend } from '@/lib/schemas/visit-view'
import type { Ctx } from './context'
import type { VisitEntry } from './visit-entry'

/** Baseline and earlier values of every continuous or ordered parameter of these forms. */
export function readTrends(ctx: Ctx, entry: VisitEntry, forms: readonly string[]): Trend[] {
  const { participant, protocol, plan } = entry
  const scores = listParticipantScores(ctx.db, participant.id).map(row => ({
    ...row,
    participant: participant.id,
  }))
  const facts = readScheduleFacts(ctx.db, participant.id, protocol.baseline.visits)
  const person: CohortParticipant = {
    participant: participant.id,
    subject: participant.number,
    site: participant.site,
    arm: null,
    enrolled: true,
    enrolledOn: facts?.enrolledOn ?? null,
    allocated: false,
    allocatedOn: null,
    dayZero: facts ? deriveDayZero(protocol, facts) : null,
    doses: entry.doses,
    followUpEnd: null,
    imported: participant.origin === 'imported',
  }
  const here = protocol.visits.indexOf(plan)
  const isBaseline = protocol.baseline.visits.includes(plan.code)
  return forms.flatMap(form => {
    const instrument = findInstrument(form)
    if (!instrument) return []
    return instrument
      .parameters(protocol.settings)
      .filter(parameter => parameter.kind !== 'profile')
      .map(parameter => {
        const rows = scores.filter(
          row => row.parameter === parameter.code && row.location === '' && row.repeat === 1,
        )
        const earlier = protocol.visits.slice(0, here).flatMap(visit => {
          const value = rows.find(row => row.visit === visit.code)?.value ?? null
          return value === null
            ? []
            : [{ visitName: visit.name, day: computeNominalDays(visit.target), value }]
        })
        return {
          form,
          parameter: parameter.code,
          label: parameter.label,
          baseline: isBaseline ? null : deriveBaseline(rows, person, protocol.baseline),
          earlier,
        }
      })
  })
}
