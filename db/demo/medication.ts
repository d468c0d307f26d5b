import { addDays, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { DemoParticipant } from './cohort'
import type { DemoTimeline } from './timeline'

/** One entry of the medication log as its controls are filled in. */
export type DemoMedication = Readonly<Record<string, readonly string[]>>

/** A drug of each level: name, dose, unit. */
const DRUGS = {
  1: ['Paracetamol', '1', 'g'],
  2: ['Tramadol', '50', 'mg'],
  3: ['Oxycodone', '10', 'mg'],
} as const

/** A changed level was reached this long before the visit that tells of it. */
const CHANGED_BEFORE_VISIT_DAYS = 28
const TAKEN_FOR_YEARS = 2

/**
 * What one of the nine takes, so that it agrees with the analgesic levels of the visits: one drug at a time, begun years
 * before consent, changed four weeks before the visit with another level.
 */
export function deriveDemoMedication(
  person: Pick<DemoParticipant, 'age' | 'analgesics'>,
  days: DemoTimeline,
): readonly DemoMedication[] {
  const changes = [
    { level: person.analgesics[0], from: null },
    { level: person.analgesics[1], from: addDays(days.visits.M6, -CHANGED_BEFORE_VISIT_DAYS) },
    { level: person.analgesics[2], from: addDays(days.visits.M12, -CHANGED_BEFORE_VISIT_DAYS) },
  ]
  const steps = changes.filter(({ level }, index) => level !== changes[index - 1]?.level)
  return steps.flatMap(({ level, from }, index) => {
    const next = steps[index + 1]?.from ?? null
    return fillMedication(level, {
      from: from ?? String(Number(days.consent.slice(0, 4)) - TAKEN_FOR_YEARS),
      to: next === null ? null : addDays(next, -1),
      timesADay: 2 + (person.age % 2),
    })
  })
}

/** What a later registration takes since before consent: paracetamol, as their level says. */
export function deriveLaterMedication(consent: CalendarDate): readonly DemoMedication[] {
  const from = String(Number(consent.slice(0, 4)) - TAKEN_FOR_YEARS)
  return fillMedication(1, { from, to: null, timesADay: 3 })
}

function fillMedication(
  level: number,
  course: { readonly from: string; readonly to: CalendarDate | null; readonly timesADay: number },
): readonly DemoMedication[] {
  if (level !== 1 && level !== 2 && level !== 3) return []
  const [drug, dose, unit] = DRUGS[level]
  return [
    {
      CMTRT: [drug],
      CMANALG: ['yes'],
      CMLEVEL: [String(level)],
      CMINDC: ['Low back pain'],
      CMDOSE: [dose],
      CMDOSU: [unit],
      CMROUTE: ['oral'],
      CMFREQ: ['regular'],
      CMTIMES: [String(course.timesADay)],
      CMSTDAT: [course.from],
      CMONGO: [course.to === null ? 'yes' : 'no'],
      ...(course.to === null ? {} : { CMENDAT: [course.to] }),
    },
  ]
}
