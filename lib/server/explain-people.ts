import type { ExplainedParticipant, ExplainedValue, Explanation } from '@/lib/domain/explain/explanation'
import type { ToldExplanation, ToldParticipant } from '@/lib/schemas/explain'
import type { Ctx } from './context'
import { authorise } from './policy'
import { makeTeller } from './since-lines'
import type { OpenStudy } from './studies'

/** An explanation without its participants, who are told apart. */
export function tellExplanation({ participants: _, ...rest }: Explanation): ToldExplanation {
  return rest
}

export type Concealer = (participant: ExplainedParticipant) => ToldParticipant

/**
 * Makes of each participant what this reader may know. Who is at another site stands under a made-up label already; who has
 * a form here that this reader may still enter blind gets one. Days are left out of both, so that nobody is found by them.
 */
export function makeConcealer(ctx: Ctx, opened: OpenStudy): Concealer {
  const entersTwice = (opened.protocol.doubleEntry?.forms ?? []).length > 0
  const mayEnter = authorise(ctx, 'enterVisit', { studyId: opened.study.id }).ok
  const teller = entersTwice && mayEnter ? makeTeller(ctx, opened) : null
  const labels = new Map<string, string>()
  const relabel = (subject: string) => {
    const known = labels.get(subject) ?? `Second entry pending ${labels.size + 1}`
    labels.set(subject, known)
    return known
  }
  return ({ participant: _, ...told }) => {
    const { subject } = told
    if (subject.includes(' ')) return withoutDays(told, subject)
    const isBlind = teller !== null && !listVisits(told).every(visit => teller.maySee(subject, visit))
    return isBlind ? withoutDays(told, relabel(subject)) : { ...told, concealed: false }
  }
}

function listVisits({ value, baseline, outcomes }: Omit<ExplainedParticipant, 'participant'>): string[] {
  const parts = outcomes.flatMap(outcome => outcome.parts.flatMap(part => part.value?.visit ?? []))
  return [value.visit, ...baseline.rows.map(row => row.visit), ...parts]
}

const DAYLESS = { date: null, windowStart: null, windowEnd: null }

function withoutDays(told: Omit<ExplainedParticipant, 'participant'>, subject: string): ToldParticipant {
  const hide = (value: ExplainedValue): ExplainedValue => ({ ...value, ...DAYLESS })
  return {
    ...told,
    subject,
    concealed: true,
    baseline: { ...told.baseline, rows: told.baseline.rows.map(row => ({ ...row, date: null })) },
    value: hide(told.value),
    outcomes: told.outcomes.map(outcome => ({
      ...outcome,
      parts: outcome.parts.map(part => ({ ...part, value: part.value && hide(part.value) })),
    })),
  }
}
