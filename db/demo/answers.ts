import { DEMO_VISITS, type DemoLater, type DemoParticipant, type DemoVisit } from './cohort'

/** Forms as their controls are filled in: form → control → texts. */
export type DemoForms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

const ODI_VISITS: readonly DemoVisit[] = ['BL', 'M3', 'M6', 'M12']
const WORK_VISITS: readonly DemoVisit[] = ['BL', 'M6', 'M12']
const ODI_SECTIONS = 10

/** What the participant's forms say at a visit; null: the visit was missed. */
export function deriveDemoForms(person: DemoParticipant, visit: DemoVisit): DemoForms | null {
  const position = DEMO_VISITS.indexOf(visit)
  const average = person.average[position] ?? null
  const worst = person.worst[position] ?? null
  if (average === null || worst === null) return null
  const odiSum = person.odiSums[ODI_VISITS.indexOf(visit)]
  const workPosition = WORK_VISITS.indexOf(visit)
  return {
    nprs: fillPain(average, worst),
    ...(odiSum === undefined ? {} : { odi: fillOdi(odiSum, person.age) }),
    ...(workPosition < 0
      ? {}
      : fillDailyLife({
          work: person.work[workPosition] ?? 0,
          hours: person.hours[workPosition] ?? 0,
          analgesics: person.analgesics[workPosition] ?? 0,
        })),
    ...(visit === 'M12' ? { satisfaction: { SATISFACTION: [String(person.satisfaction)] } } : {}),
    ...(visit === 'BL' || visit === 'M12' ? { EXAM: fillExamination(person.age, average, worst) } : {}),
  }
}

/** The baseline of a later registration; null: not entered yet. */
export function deriveLaterBaseline(person: DemoLater): DemoForms | null {
  if (person.baseline === null) return null
  const [average, worst, odiSum] = person.baseline
  return {
    nprs: fillPain(average, worst),
    odi: fillOdi(odiSum, person.age),
    ...fillDailyLife({ work: 1, hours: 20, analgesics: 1 }),
    EXAM: fillExamination(person.age, average, worst),
  }
}

function fillPain(average: number, worst: number) {
  return { NPRS_AVG: [String(average)], NPRS_WORST: [String(worst)] }
}

/** The sum over the ten sections as evenly as whole numbers go; where the larger ones stand differs by person. */
function fillOdi(sum: number, shift: number): Record<string, readonly string[]> {
  const each = Math.floor(sum / ODI_SECTIONS)
  const larger = sum % ODI_SECTIONS
  return Object.fromEntries(
    Array.from({ length: ODI_SECTIONS }, (_, index) => {
      const isLarger = (index + shift) % ODI_SECTIONS < larger
      return [`ODI_${String(index + 1).padStart(2, '0')}`, [String(isLarger ? each + 1 : each)]]
    }),
  )
}

function fillDailyLife(level: { work: number; hours: number; analgesics: number }): DemoForms {
  return {
    work: { WORK_CAPACITY: [String(level.work)], WORK_HOURS: [String(level.hours)] },
    analgesics: { ANALGESIC_LEVEL: [String(level.analgesics)] },
  }
}

/** The study's own form has no published margin; its values follow from the others. */
function fillExamination(age: number, average: number, worst: number) {
  return {
    SLR: [worst >= 8 ? 'POS' : 'NEG'],
    FLEX_CM: [String(4 + 3 * average)],
    BMI: [(20 + ((age * 7) % 90) / 10).toFixed(1)],
    SMOKER: [age % 5 === 0 ? 'yes' : 'no'],
  }
}
