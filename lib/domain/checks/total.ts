/** A score given as such: beside its items, or in their place where the study allows it. */
import { checkNumber, type FieldProblem } from '@/lib/domain/checks/field-problem'
import type { Answer, Answers, Instrument, Parameter } from '@/lib/domain/instruments/instrument'
import { type AnswerSource, listMissingReasons } from '@/lib/domain/instruments/missing-label'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { Score } from '@/lib/domain/shared/missing'

/** Sources print totals to one decimal, an index to three: half a unit of the last, with room for floating point. */
const roundingOf = ({ decimals }: Parameter) => 0.5 * 10 ** -(decimals ?? 1) + 1e-9

/** Which of the two was entered: the items, or a total without them. */
export type EntryKind = 'items' | 'total'

/**
 * Whether the answers are items or a total without items: a total counts only where no item has a value.
 * Example: `deriveEntryKind(odi, { ODI: { value: 26 } }, { odi: { allowTotalOnly: true } })` → `'total'`.
 */
export function deriveEntryKind(instrument: Instrument, answers: Answers, settings: Settings): EntryKind {
  const total = instrument.total(settings)
  return total && answers[total.code] && !hasItemValue(instrument, answers, settings) ? 'total' : 'items'
}

/**
 * Checks scores given among the answers under their parameter's name. Without items: permitted only where the
 * study takes totals, and within range. Beside items: refused when it differs from the computed score by more
 * than the rounding of a source (0.05 where it prints one decimal), and when no score can be computed.
 * Example: `ODI` 34 beside sections that give 32 → problem `totalDiffers`.
 */
export function checkTotal(
  instrument: Instrument,
  answers: Answers,
  settings: Settings,
  source: AnswerSource = 'entry',
): readonly FieldProblem[] {
  const itemCodes = new Set(instrument.items(settings).map(item => item.code))
  return instrument.parameters(settings).flatMap(parameter => {
    const given = answers[parameter.code]
    if (!given || itemCodes.has(parameter.code)) return []
    if (hasItemValue(instrument, answers, settings)) {
      const { [parameter.code]: _, ...items } = answers
      return checkGivenBesideItems(parameter, given, instrument.score(items, settings)[parameter.code])
    }
    return checkGivenAlone(instrument, parameter, given, settings, source)
  })
}

function checkGivenBesideItems(
  parameter: Parameter,
  given: Answer,
  computed: Score | undefined,
): readonly FieldProblem[] {
  const problem = (value: string, code: 'totalDiffers' | 'valueAndMissing', text: string): FieldProblem[] => [
    { field: parameter.code, value, code, text: `${parameter.code} ${text}` },
  ]
  if ('missing' in given) {
    return problem(
      given.missing,
      'valueAndMissing',
      'is given as missing beside items. Clear the reason or the items.',
    )
  }
  const value = typeof given.value === 'number' ? given.value : Number.NaN
  if (computed?.kind !== 'score') {
    const why = 'is given, but too few of its items are answered for a score.'
    return problem(
      String(given.value),
      'totalDiffers',
      `${given.value} ${why} Add the items or clear the total.`,
    )
  }
  if (Math.abs(value - computed.value) <= roundingOf(parameter)) return []
  const shown = String(Number(computed.value.toFixed((parameter.decimals ?? 1) + 1)))
  return problem(
    String(given.value),
    'totalDiffers',
    `is given as ${given.value}, but its items give ${shown}. Correct the items or clear the total.`,
  )
}

function checkGivenAlone(
  instrument: Instrument,
  parameter: Parameter,
  given: Answer,
  settings: Settings,
  source: AnswerSource,
): readonly FieldProblem[] {
  const total = instrument.total(settings)
  const { code } = parameter
  if (total?.code !== code) {
    const value = 'missing' in given ? given.missing : String(given.value)
    const text = `${code} is given without its items, and this study does not take totals alone. Enter the items.`
    return [{ field: code, value, code: 'totalNotAllowed', text }]
  }
  if ('missing' in given) {
    if (listMissingReasons(total, source).includes(given.missing)) return []
    const text = `${total.label}: “${given.missing}” is not a reason that can be given here.`
    return [{ field: code, value: given.missing, code: 'reasonNotAllowed', text }]
  }
  const rule = {
    code,
    label: total.label,
    decimals: total.decimals === true,
    range: [total.min, total.max] as const,
  }
  const problem = checkNumber(rule, typeof given.value === 'number' ? given.value : Number.NaN)
  return problem ? [problem] : []
}

function hasItemValue(instrument: Instrument, answers: Answers, settings: Settings): boolean {
  return instrument.items(settings).some(item => {
    const answer = answers[item.code]
    return answer !== undefined && 'value' in answer
  })
}
