import type { MaskingView } from './masking'
import type { Protocol } from './protocol'

type Plans = Pick<Protocol, 'treatments'>

/**
 * What a dose of a participant is called: the treatment's name, or, to a reader who may not know the arm, `Dose n` in
 * the order of giving, since what was given may tell the arm. `given`: codes of the participant's doses, earliest first;
 * a treatment that is not among them is the next one. A code that the protocol does not have is shown as it is.
 * Source: clinical.md §3, interim results. Example: `nameDose(protocol, masked, 'DOSE2', ['DOSE1'])` → `Dose 2`.
 */
export function nameDose(protocol: Plans, view: MaskingView, code: string, given: readonly string[]): string {
  if (view.participantArms) return protocol.treatments.find(plan => plan.code === code)?.name ?? code
  const position = given.indexOf(code)
  return `Dose ${(position < 0 ? given.length : position) + 1}`
}

/**
 * A protocol whose treatments are called as `nameDose` calls them, for checks that name doses in their texts.
 * Example: `withDoseNames(protocol, masked, ['DOSE1']).treatments[0].name` → `Dose 1`.
 */
export function withDoseNames<P extends Plans>(protocol: P, view: MaskingView, given: readonly string[]): P {
  if (view.participantArms) return protocol
  const treatments = protocol.treatments.map(plan => ({
    ...plan,
    name: nameDose(protocol, view, plan.code, given),
  }))
  return { ...protocol, treatments }
}

/**
 * Address of the dose that comes next for a reader who may not know the arm: the code of its treatment may
 * tell it. Source: clinical.md §3, interim results. Example: `/doses/next`.
 */
export const NEXT_DOSE = 'next'
