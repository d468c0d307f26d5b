import type { EventClass } from '@/lib/domain/safety/safety-summary'

/** A score, or a rule of it, at a visit. Without visit: the last with values. */
interface ExplainedNumberTarget {
  readonly parameter: string
  readonly visit?: string | undefined
  readonly rule?: string | undefined
}

/** What a figure, or a line of its table, is explained by: a number, everybody screened, or adverse events of a class. */
export type ExplainTarget =
  | ExplainedNumberTarget
  | { readonly about: 'participants' }
  | { readonly about: 'events'; readonly class?: EventClass }
