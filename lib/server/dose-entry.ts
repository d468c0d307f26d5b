import type { Db, Tx } from '@/db/client'
import { listUnsaidOfDay } from '@/db/queries/assessments'
import { readTreatmentEnd } from '@/db/queries/schedule'
import { listTreatments } from '@/db/queries/treatments'
import { askAboutDose, checkLocations } from '@/lib/domain/checks/dose'
import {
  askAboutFormsOfDay,
  askAboutTreatment,
  checkDoseAfterLeaving,
  checkTreatment,
} from '@/lib/domain/checks/treatment'
import { checkRequiredFields } from '@/lib/domain/instruments/form'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import { withDoseNames } from '@/lib/domain/protocol/dose-name'
import type { Protocol, TreatmentPlan } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError, FieldError, Question } from '@/lib/domain/shared/errors'
import type { TreatmentId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { doseForm } from '@/lib/domain/treatments/dose-form'
import { formatLocations, readLocations } from '@/lib/domain/treatments/locations'
import { formatShortFormName } from '@/lib/format/answers'
import type { RecordTreatmentInput } from '@/lib/schemas/treatments'
import { confirmed, type OpenParticipant } from './participants'

/** A dose as it shall stand, judged and with every question answered. */
export interface ReadDose {
  readonly values: {
    readonly givenOn: CalendarDate
    readonly location: string | null
    readonly conditionMet: boolean | null
    readonly details: Answers
  }
  readonly confirmations: Record<string, 'asMarked'>
  /** Forms of that day of which nobody said whether they were taken before the dose, and what was said now. */
  readonly sameDay: ReturnType<typeof listUnsaidOfDay>
  readonly before: boolean | undefined
}

/**
 * Reads a dose as typed: hard checks with every field's error, then what is asked and not yet confirmed. `own`: the stored
 * dose that is corrected, which is none of the others. Who may not know arms is not asked what was given.
 */
export function readDose(
  tx: Tx,
  open: OpenParticipant,
  input: RecordTreatmentInput,
  own: { readonly id: TreatmentId; readonly details: Answers } | null,
): Result<ReadDose, AppError> {
  const { participant, protocol, view } = open
  const judged = judgeDose(tx, open, input, own)
  const { plan } = judged
  const typed = plan && view.participantArms ? readDetails(plan, input.answers) : null
  const problems = [...judged.problems, ...checkLocations(input.location), ...(typed?.problems ?? [])]
  if (!plan || problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  const details = typed?.answers ?? own?.details ?? {}
  const questions = [...judged.questions, ...askAboutDose(plan, details, input.location)]
  const sameDay = listUnsaidOfDay(tx, participant.id, input.givenOn)
  const before = input.before[input.givenOn]
  const unanswered = listOpen(protocol, questions, input, before === undefined ? sameDay : [])
  if (unanswered.length > 0) return err({ code: 'unanswered', questions: unanswered })
  return ok({
    values: {
      givenOn: input.givenOn,
      location: formatLocations(readLocations(input.location)),
      conditionMet: plan.condition === undefined ? null : input.conditionMet,
      details,
    },
    confirmations: confirmed(questions),
    sameDay,
    before,
  })
}

/** What follows from whose dose it is and on which day: what is refused, and what is asked. */
export function judgeDose(
  db: Db | Tx,
  { participant, protocol, view, today }: OpenParticipant,
  dose: Pick<RecordTreatmentInput, 'plan' | 'givenOn' | 'conditionMet'>,
  own: { readonly id: TreatmentId } | null,
): {
  /** Named as the reader may know it; undefined: the protocol has none such. */
  readonly plan: TreatmentPlan | undefined
  readonly problems: readonly FieldError[]
  readonly questions: readonly Question[]
} {
  const others = listTreatments(db, [participant.id]).filter(one => one.id !== own?.id)
  const facts = { ...dose, given: others, consentDate: participant.consentDate }
  const named = withDoseNames(
    protocol,
    view,
    others.map(one => one.plan),
  )
  return {
    plan: named.treatments.find(({ code }) => code === dose.plan),
    problems: [
      ...checkTreatment(named, facts, today),
      ...checkDoseAfterLeaving(dose.givenOn, readTreatmentEnd(db, participant)),
    ],
    questions: askAboutTreatment(named, facts),
  }
}

/** Example: `findDoseByNumber(doses, '2')` → the second dose given; undefined where the text is no number of a dose. */
export function findDoseByNumber<T>(doses: readonly T[], text: string): T | undefined {
  return /^[1-9]\d?$/.test(text) ? doses[Number(text) - 1] : undefined
}

function readDetails(
  plan: TreatmentPlan,
  raw: RecordTreatmentInput['answers'],
): { answers: Answers; problems: readonly FieldError[] } {
  const form = doseForm(plan)
  const parsed = parseFormAnswers(form, raw)
  const problems = parsed.ok ? checkRequiredFields(form, parsed.value) : parsed.error
  return {
    answers: parsed.ok ? parsed.value : {},
    problems: problems.map(problem => ({ ...problem, field: `answers.${problem.field}` })),
  }
}

function listOpen(
  protocol: Protocol,
  questions: readonly Question[],
  input: RecordTreatmentInput,
  unsaid: ReadDose['sameDay'],
): readonly Question[] {
  const open = questions.filter(question => !input.confirm.includes(question.code))
  return [...open, ...askAboutFormsOfDay(input.givenOn, nameForms(protocol, unsaid))]
}

/** Each form once, by its short name. */
export function nameForms(
  protocol: Protocol,
  forms: readonly { readonly form: string }[],
): readonly string[] {
  const codes = [...new Set(forms.map(({ form }) => form))]
  return codes.map(code => {
    const definition = findFormDefinition(protocol, code)
    return definition ? formatShortFormName(definition) : code
  })
}
