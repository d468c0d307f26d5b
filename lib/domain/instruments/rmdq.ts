import { deriveAbsence, readNumber, sumOf } from '@/lib/domain/instruments/answers'
import type { Answers, Instrument, Item } from '@/lib/domain/instruments/instrument'
import type { Score } from '@/lib/domain/shared/missing'

const STATEMENTS = Array.from({ length: 24 }, (_, index) => `RMDQ_${String(index + 1).padStart(2, '0')}`)

/** The form came back filled in: only then is a box left blank one that was not ticked. */
const ANSWERED = 'RMDQ_ANSWERED'

const ITEMS: readonly Item[] = [
  {
    code: ANSWERED,
    label: 'Form filled in by the participant',
    type: 'choice',
    min: 1,
    max: 1,
    choices: [{ value: 1, label: 'Filled in: boxes left blank are not ticked' }],
    higherIs: 'neither',
    isAsked: answers => STATEMENTS.some(code => answers[code] === undefined),
  },
  ...STATEMENTS.map(
    (code, index): Item => ({
      code,
      label: `Statement ${index + 1}`,
      type: 'tick',
      min: 0,
      max: 1,
      choices: [
        { value: 0, label: 'Not ticked' },
        { value: 1, label: 'Ticked' },
      ],
      isAsked: () => false,
    }),
  ),
]

/** Ticks of a form that was filled in; a form of which every statement is recorded needs no word that it was. */
function scoreTicks(answers: Answers): Score | undefined {
  const absence = deriveAbsence(answers, [ANSWERED, ...STATEMENTS])
  if (absence === undefined) return undefined
  const values = STATEMENTS.map(code => readNumber(answers, code))
  const isWhole = values.every(value => value !== undefined)
  const isFilledIn = readNumber(answers, ANSWERED) === 1
  const hasGap = STATEMENTS.some(code => answers[code] !== undefined && 'missing' in answers[code])
  if (hasGap || !(isFilledIn || isWhole)) return { kind: 'missing', reason: absence }
  return { kind: 'score', value: sumOf(values.map(value => value ?? 0)) }
}

/**
 * Roland–Morris: the number of ticks among 24 statements, 0–24 points, higher is worse.
 * Missing rule: a blank form would score 0, the best; so ticks count only where `RMDQ_ANSWERED` says that the form was
 * filled in (boxes left blank are then not ticked) or all 24 are recorded as ticked or not. A statement given a missing
 * reason → no score. Source: Roland and Morris 1983; minimal important change 5 points or 30 %: Ostelo 2008.
 * Example: filled in, statements 1 and 2 ticked → 2; filled in, none ticked → 0; nothing recorded → no score.
 */
export const rmdq: Instrument = {
  code: 'rmdq',
  name: 'Roland–Morris Disability Questionnaire (RMDQ-24)',
  version: null,
  ruleVersion: 'rmdq-1',
  source: 'Roland M, Morris R, Spine 1983;8:141–144; change: Ostelo RW et al., Spine 2008;33:90–94',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: () => 'mark as filled in, then the ticks',
  items: () => ITEMS,
  total: () => null,
  parameters: () => [
    {
      code: 'RMDQ',
      label: 'Disability (RMDQ)',
      unit: 'points',
      min: 0,
      max: 24,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: true,
      minimalImportantChange: { points: 5, percent: 30, source: 'Ostelo 2008' },
    },
  ],
  score: answers => {
    const score = scoreTicks(answers)
    return score ? { RMDQ: score } : {}
  },
  scoring: () => 'The number of ticks, 0 to 24.',
  missingRule: () =>
    'No score unless the form is marked as filled in, or all 24 statements are recorded; then a box left blank is not ' +
    'ticked. A statement with a missing reason: no score.',
  settingsInForce: () => [],
}
