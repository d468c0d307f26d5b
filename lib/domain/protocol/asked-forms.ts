import type { VisitPlan } from '@/lib/domain/protocol/protocol'

/**
 * Codes asked at a visit: its instruments, then the study's own forms, in protocol order.
 * Source: protocols/README.md. Example: instruments `['nprs']`, forms `['EXAM']` → `['nprs', 'EXAM']`.
 */
export function listAskedForms(visit: Pick<VisitPlan, 'instruments' | 'forms'>): readonly string[] {
  return [...visit.instruments, ...visit.forms]
}
