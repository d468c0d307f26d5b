import type { SoftCheckInput } from '@/lib/domain/checks/soft-rule'

/** A form of a visit of which nothing is known but what a test names. */
export function softInput(part: Partial<SoftCheckInput>): SoftCheckInput {
  return {
    form: 'nprs',
    answers: {},
    settings: {},
    date: null,
    window: null,
    doseDates: [],
    beforeTreatment: false,
    freeText: {},
    others: [],
    last: null,
    neighbours: { before: null, after: null },
    checks: [],
    ...part,
  }
}
