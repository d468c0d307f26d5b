import type { MaskingView } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'

/**
 * The treatment that a form or an address means; undefined: none. Who may know arms names it by its code; who may not, by
 * the number of the dose, `given` of them being recorded, so that codes of the protocol all answer alike: not found.
 */
export function findMeantPlan(
  protocol: Pick<Protocol, 'treatments'>,
  view: MaskingView,
  given: readonly string[],
  meant: string,
): string | undefined {
  if (view.participantArms) return meant
  if (!/^[1-9]\d?$/.test(meant)) return undefined
  const position = Number(meant) - 1
  if (position < given.length) return given[position]
  return position === given.length ? findNextPlan(protocol, given) : undefined
}

/** The treatment that the protocol gives next, by its code. */
export function findNextPlan(
  { treatments }: Pick<Protocol, 'treatments'>,
  given: readonly string[],
): string | undefined {
  return treatments.find(({ code }) => !given.includes(code))?.code
}

/** What a question about a dose was confirmed by, in the words of the server: the number stands for the code. */
export function readConfirmed(
  view: MaskingView,
  confirm: readonly string[],
  meant: string,
  plan: string,
): readonly string[] {
  if (view.participantArms) return confirm
  return confirm.map(code => code.replace(`:${meant}=`, `:${plan}=`))
}

/** What is said of a dose to who may not know arms: its number for the code of the treatment. */
export function withoutPlanCode(view: MaskingView, error: AppError, meant: string, plan: string): AppError {
  if (view.participantArms) return error
  if (error.code === 'invalidInput')
    return {
      ...error,
      fields: error.fields.map(one => (one.field === 'plan' ? { ...one, value: meant } : one)),
    }
  if (error.code !== 'unanswered') return error
  const hide = (code: string) => code.replace(`:${plan}=`, `:${meant}=`)
  return { ...error, questions: error.questions.map(one => ({ ...one, code: hide(one.code) })) }
}
