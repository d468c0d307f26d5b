import type { Answers } from '@/lib/domain/instruments/instrument'
import type { RuleInForce } from '@/lib/domain/instruments/settings-in-force'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { InterventionKind, Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { isWholeDay, type PartialDate, parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/** Kinds of intervention that the log tells apart. */
export const INTERVENTIONS = [
  'surgery',
  'injection',
  'ablation',
  'physiotherapy',
  'other',
] as const satisfies readonly InterventionKind[]

/** What each kind is called. Example: `INTERVENTION_LABELS.ablation` → `'Ablation'`. */
export const INTERVENTION_LABELS: Readonly<Record<InterventionKind, string>> = {
  surgery: 'Surgery',
  injection: 'Injection',
  ablation: 'Ablation',
  physiotherapy: 'Physiotherapy',
  other: 'Other',
}

/** One entry of the log of interventions. An unknown date is null; a kind that is not known is `other`. */
export interface Intervention {
  readonly kind: InterventionKind
  readonly date: PartialDate | null
}

/**
 * An entry of the log of interventions. Example: `readIntervention({ PRCAT: { value: 'surgery' } }).date` → `null`.
 */
export function readIntervention(answers: Answers): Intervention {
  const kind = INTERVENTIONS.find(code => code === textOf(answers, 'PRCAT')) ?? 'other'
  return { kind, date: parsePartialDate(textOf(answers, 'PRSTDAT') ?? '') }
}

/** Which interventions count as a rescue, and after which event. */
export interface RescueRule {
  readonly interventions: readonly InterventionKind[]
  /** `firstTreatment`: after the first dose, or after day zero where none was given. */
  readonly after: 'firstTreatment' | 'dayZero'
  /** The protocol does not say; this is the default. */
  readonly isDefault: boolean
}

/** An intervention that counts, with the day from which it does; null: its date, or the event before it, is not known. */
export interface Rescue {
  readonly kind: InterventionKind
  readonly day: CalendarDate | null
  /** The day follows from a partial date. */
  readonly isEstimated: boolean
}

const DEFAULT: RescueRule = {
  interventions: ['surgery', 'injection', 'ablation'],
  after: 'firstTreatment',
  isDefault: true,
}

/**
 * The rescue rule in force: the protocol's, or surgery, injection and ablation after the first dose (else day zero).
 * Example: a protocol without `rescue` → `isDefault: true`.
 */
export function deriveRescueRule({ rescue }: Pick<Protocol, 'rescue'>): RescueRule {
  if (!rescue) return DEFAULT
  return { interventions: rescue.interventions, after: rescue.after ?? DEFAULT.after, isDefault: false }
}

/**
 * The rescue rule as it travels with an export, beside the rules of scoring.
 * Example: a protocol without `rescue` → `rescue.interventions` `surgery, injection, ablation`, by default.
 */
export function listRescueSettings(protocol: Pick<Protocol, 'rescue'>): RuleInForce {
  const { interventions, after, isDefault } = deriveRescueRule(protocol)
  return {
    instrument: 'rescue',
    ruleVersion: 'rescue-1',
    settings: [
      {
        key: 'rescue.interventions',
        label: 'Interventions that count as a rescue',
        value: interventions.join(', ') || 'none',
        source: null,
        isDefault,
      },
      {
        key: 'rescue.after',
        label: 'Event after which they count',
        value: after,
        source: null,
        isDefault: protocol.rescue?.after === undefined,
      },
    ],
  }
}

/** What of a participant decides from when an intervention counts; null: not known, or not yet. */
export interface RescuePerson {
  readonly dayZero: CalendarDate | null
  readonly firstDose: CalendarDate | null
  /** The first treatment, from which days count, was not given yet: nothing so far can be after it. */
  readonly awaitsDose: boolean
}

/**
 * What decides from when an intervention of a participant counts. A participant entered here whose day zero is the first
 * treatment, without a dose, awaits it. Missing rule: of an imported one without a dose it is not known whether one was
 * given. Example: protocol with `dayZero: 'firstTreatment'`, entered, no dose → `awaitsDose: true`.
 *
 * @param doses those given; a null date is *given, date not known*
 */
export function deriveRescuePerson(
  protocol: Pick<Protocol, 'dayZero'>,
  person: { readonly dayZero: CalendarDate | null; readonly imported: boolean },
  doses: readonly { readonly date: CalendarDate | null }[],
): RescuePerson {
  const dated = doses.flatMap(({ date }) => (date === null ? [] : [date]))
  return {
    dayZero: person.dayZero,
    firstDose: dated.toSorted()[0] ?? null,
    awaitsDose: protocol.dayZero === 'firstTreatment' && !person.imported && doses.length === 0,
  }
}

/**
 * A participant's rescues, in the order of the entries, by `deriveRescue`.
 * Example: physiotherapy and a later surgery, default rule → the surgery.
 */
export function deriveRescues(
  interventions: readonly Intervention[],
  rule: RescueRule,
  person: RescuePerson,
): Rescue[] {
  return interventions.flatMap(intervention => {
    const rescue = deriveRescue(intervention, rule, person)
    return rescue === 'no' ? [] : [rescue]
  })
}

/**
 * Whether an intervention is a rescue: of a kind that counts, after the event that the rule names. On the very day of
 * that event it is none. A partial date is the earliest day it can stand for, but not before that event if it lies within
 * the partial date; then it counts as after it. `no` is certain, also of who awaits the first dose; a kind that counts
 * without a date, or while neither dose nor day zero is known, is a rescue of unknown day.
 * Source: clinical.md §3, dates and intercurrent events.
 * Example: surgery of 2024-05, first dose 2024-05-10 → `{ kind: 'surgery', day: '2024-05-10', isEstimated: true }`.
 */
export function deriveRescue(
  intervention: Intervention,
  rule: RescueRule,
  person: RescuePerson,
): Rescue | 'no' {
  const { kind, date } = intervention
  if (!rule.interventions.includes(kind) || person.awaitsDose) return 'no'
  const event = rule.after === 'firstTreatment' ? (person.firstDose ?? person.dayZero) : person.dayZero
  if (date === null) return { kind, day: null, isEstimated: false }
  const span = spanOf(date)
  const isEstimated = !isWholeDay(date)
  if (event === null) return { kind, day: null, isEstimated }
  if (isEstimated ? span.last < event : span.first <= event) return 'no'
  const isLater = span.first > event
  return { kind, day: isLater ? span.first : event, isEstimated }
}
