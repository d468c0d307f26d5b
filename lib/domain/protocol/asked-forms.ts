import { findInstrument } from '@/lib/domain/instruments/registry'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'

/**
 * Codes asked at a visit: instruments that have an entry form in this version, then the study's own forms, in protocol
 * order. Instruments not entered in this version count in no worklist and no completeness and are left out; a visit of
 * only such instruments asks nothing. Source: protocols/README.md.
 * Example: instruments `['nprs', 'adverseEvents']`, forms `['EXAM']` → `['nprs', 'EXAM']`.
 */
export function listAskedForms(visit: Pick<VisitPlan, 'instruments' | 'forms'>): readonly string[] {
  return [...visit.instruments.filter(code => findInstrument(code)?.entered), ...visit.forms]
}
