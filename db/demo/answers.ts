import { DEMO_NINE, DEMO_PAIN_VISITS, type DemoLater, type DemoParticipant, type DemoVisit } from './cohort'
import { DEMO_HEALTH, DEMO_LATER_HEALTH, type DemoHealth, type DemoMri } from './health'

/** Forms as their controls are filled in: form → control → texts. */
export type DemoForms = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

const ODI_VISITS: readonly DemoVisit[] = ['BL', 'M3', 'M6', 'M12']
const WORK_VISITS: readonly DemoVisit[] = ['BL', 'M6', 'M12']
const ODI_SECTIONS = 10

/** No adverse event that would have to be in the log. */
export const DEMO_CONTACT: DemoForms = { adverseEvents: { AE_ANY: ['0'] } }

/** An event was told; it is in the log. */
const DEMO_CONTACT_WITH_EVENT: DemoForms = { adverseEvents: { AE_ANY: ['1'] } }

/** What the participant's forms say at a visit, where these visits told of an event; null: the visit was missed. */
export function deriveDemoForms(
  person: DemoParticipant,
  visit: DemoVisit,
  told: ReadonlySet<DemoVisit>,
): DemoForms | null {
  const contact = told.has(visit) ? DEMO_CONTACT_WITH_EVENT : DEMO_CONTACT
  if (visit === 'W1') return contact
  const position = DEMO_PAIN_VISITS.indexOf(visit)
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
    ...fillHealth(DEMO_HEALTH[DEMO_NINE.indexOf(person)], visit),
    ...(visit === 'BL' ? {} : contact),
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
    ...fillHealth(DEMO_LATER_HEALTH, 'BL'),
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

/** EQ-5D, tolerance and MRI at the visits that ask for them. */
function fillHealth(health: DemoHealth | undefined, visit: DemoVisit): DemoForms {
  if (!health) throw new Error('the demonstration has no health of this participant')
  const [at, daily] = [ODI_VISITS.indexOf(visit), WORK_VISITS.indexOf(visit)]
  const minutes = health.tolerance[daily]
  return {
    ...(at < 0 ? {} : { eq5d3l: fillEq5d(health.profiles[at] ?? '', health.vas[at] ?? 0) }),
    ...(minutes === undefined
      ? {}
      : {
          tolerance: {
            TOL_SIT: [String(minutes[0])],
            TOL_STAND: [String(minutes[1])],
            TOL_WALK: [String(minutes[2])],
          },
        }),
    ...(visit === 'BL' || visit === 'M12' ? { mri: fillMri(health.mri, visit) } : {}),
  }
}

function fillEq5d(profile: string, vas: number): Record<string, readonly string[]> {
  const levels = ['MO', 'SC', 'UA', 'PD', 'AD'].map((dimension, index) => [
    `EQ5D3L_${dimension}`,
    [profile[index] ?? ''],
  ])
  return { ...Object.fromEntries(levels), EQ5D3L_VAS: [String(vas)] }
}

/** On the baseline image there is nothing to compare with; at 12 months no disc has degenerated further. */
function fillMri(mri: DemoMri, visit: 'BL' | 'M12'): Record<string, readonly string[]> {
  const compared = { MRI_DEGENERATION: 2, MRI_FISSURE: mri.fissure, MRI_PROTRUSION: mri.protrusion }
  return {
    PFIRRMANN: [String(mri.pfirrmann)],
    MODIC: [String(mri.modic)],
    DISC_HEIGHT: [String(mri.heightMm)],
    MRI_T2: [String(mri.t2)],
    ...Object.fromEntries(
      Object.entries(compared).map(([code, level]) =>
        visit === 'BL' ? [`${code}.missing`, ['notApplicable']] : [code, [String(level)]],
      ),
    ),
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
