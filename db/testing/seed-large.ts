import type { Connection } from '@/db/client'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { deriveVisitProgress } from '@/lib/domain/protocol/visit-state'
import { addDays, addOffset, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { SeededStudy } from './factories'

/** What a form of the large study holds: parameter → value of the participant at the visit. */
export type LargeForms = Readonly<
  Record<string, Readonly<Record<string, (index: number, visit: number) => number>>>
>

const FIRST_DAY = '2023-01-09' as CalendarDate

/**
 * Lays a whole study down in bulk, for measuring how it is read: enrolled, dosed, every visit on its target day.
 * Bare rows, without audit entries: such a database is for no other use.
 */
export function seedLarge(
  connection: Connection,
  study: SeededStudy,
  participants: number,
  forms: LargeForms,
): void {
  const { sqlite } = connection
  const siteId = study.sites.MEL ?? null
  const arm = study.protocol.arms[0]?.code ?? ''
  const version = study.protocol.versions.at(-1)?.number ?? ''
  const participant = sqlite.prepare(
    "INSERT INTO participants (study_id, site_id, number, origin, outcome, screened_on, enrolled_on, consent_version, consent_date, age_at_consent, sex, eligibility, confirmations) VALUES (?, ?, ?, 'entered', 'enrolled', ?, ?, '1.0', ?, 45, 'female', '{}', '{}')",
  )
  const allocation = sqlite.prepare(
    'INSERT INTO allocations (participant_id, arm, allocated_on) VALUES (?, ?, ?)',
  )
  const dose = sqlite.prepare(
    "INSERT INTO treatments (participant_id, plan, given_on, confirmations) VALUES (?, 'DOSE1', ?, '{}')",
  )
  const scheduled = sqlite.prepare(
    'INSERT INTO scheduled_visits (participant_id, visit, position, target, window_start, window_end, provisional, opens_on, progress, protocol_version) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)',
  )
  const status = sqlite.prepare('INSERT INTO participant_statuses (participant_id, status) VALUES (?, ?)')
  const visit = sqlite.prepare('INSERT INTO visits (participant_id, code, visit_date) VALUES (?, ?, ?)')
  const assessment = sqlite.prepare(
    "INSERT INTO assessments (visit_id, form, assessment_date, answers, confirmations) VALUES (?, ?, ?, ?, '{}')",
  )
  const score = sqlite.prepare(
    "INSERT INTO scores (assessment_id, participant_id, visit, parameter, value, rule_version) VALUES (?, ?, ?, ?, ?, 'bench')",
  )
  const answersOf = (parameters: LargeForms[string], index: number, position: number): Answers =>
    Object.fromEntries(
      Object.entries(parameters).map(([code, value]) => [code, { value: value(index, position) }]),
    )
  // Everybody's visits hold the same forms; how far they are is derived once.
  const progress = study.protocol.visits.map((plan, position) => {
    const entered = Object.entries(forms).map(([form, parameters]) => ({
      form,
      answers: answersOf(parameters, 0, position),
      notDoneReason: null,
    }))
    const sorted = deriveEnteredForms(study.protocol, entered)
    return deriveVisitProgress({ expected: listAskedForms(plan), ...sorted, declaredMissed: false })
  })
  const seedOne = (index: number) => {
    const dayZero = addDays(FIRST_DAY, index % 365)
    const consent = addDays(dayZero, -60)
    const number = `MEL-${String(index + 1).padStart(5, '0')}`
    const id = participant.run(study.id, siteId, number, consent, consent, consent).lastInsertRowid
    allocation.run(id, arm, consent)
    dose.run(id, dayZero)
    status.run(id, progress.includes('partly') ? 'followUp' : 'complete')
    for (const [position, plan] of study.protocol.visits.entries()) {
      const target = addOffset(dayZero, plan.target)
      const window = [
        addDays(target, -plan.window.beforeDays),
        addDays(target, plan.window.afterDays),
      ] as const
      const opensOn = plan.target.value < 0 ? consent : window[0]
      scheduled.run(id, plan.code, position, target, ...window, opensOn, progress[position], version)
      const visitId = visit.run(id, plan.code, target).lastInsertRowid
      for (const [form, parameters] of Object.entries(forms)) {
        const answers = JSON.stringify(answersOf(parameters, index, position))
        const assessmentId = assessment.run(visitId, form, target, answers).lastInsertRowid
        for (const [code, value] of Object.entries(parameters))
          score.run(assessmentId, id, plan.code, code, value(index, position))
      }
    }
  }
  sqlite.transaction(() => {
    for (let index = 0; index < participants; index += 1) seedOne(index)
  })()
}
