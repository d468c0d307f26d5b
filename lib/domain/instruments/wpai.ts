import { deriveAbsence, ENTRY_MISSING_REASONS, readNumber } from '@/lib/domain/instruments/answers'
import type { Answers, Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { MissingReason, Score } from '@/lib/domain/shared/missing'

const isEmployed = (answers: Answers) => readNumber(answers, 'WPAI_Q1') !== 0
const hasWorked = (answers: Answers) => isEmployed(answers) && readNumber(answers, 'WPAI_Q4') !== 0

const mayNotApply = { missingCodes: ['notApplicable', ...ENTRY_MISSING_REASONS] as readonly MissingReason[] }

const HOURS = {
  type: 'number',
  min: 0,
  max: 168,
  decimals: true,
  unit: 'hours in 7 days',
  isAsked: isEmployed,
  askedIf: 'Q1 Employed is Yes',
  ...mayNotApply,
} as const

const RATING = { type: 'scale', min: 0, max: 10, anchors: ['0 no effect', '10 prevented'] } as const

const ITEMS: readonly Item[] = [
  {
    code: 'WPAI_Q1',
    label: 'Q1 Employed',
    type: 'choice',
    min: 0,
    max: 1,
    choices: [
      { value: 0, label: 'No' },
      { value: 1, label: 'Yes' },
    ],
    higherIs: 'neither',
  },
  { code: 'WPAI_Q2', label: 'Q2 Hours missed for health', ...HOURS },
  { code: 'WPAI_Q3', label: 'Q3 Hours missed for other reasons', ...HOURS, higherIs: 'neither' },
  { code: 'WPAI_Q4', label: 'Q4 Hours worked', ...HOURS, higherIs: 'better' },
  {
    code: 'WPAI_Q5',
    label: 'Q5 Effect on work',
    ...RATING,
    isAsked: hasWorked,
    askedIf: 'Q1 Employed is Yes and Q4 Hours worked is above 0',
    ...mayNotApply,
  },
  { code: 'WPAI_Q6', label: 'Q6 Effect on other activities', ...RATING },
]

const WORK = ['WPAI_ABSENT', 'WPAI_PRESENT', 'WPAI_OVERALL'] as const

function scoreWork(answers: Answers): Readonly<Record<string, Score>> {
  const codes = ['WPAI_Q1', 'WPAI_Q2', 'WPAI_Q4', 'WPAI_Q5']
  const absence = deriveAbsence(answers, codes)
  if (absence === undefined) return {}
  const all = (score: Score) => Object.fromEntries(WORK.map(code => [code, score]))
  const [employed, missed, worked, effect] = codes.map(code => readNumber(answers, code))
  if (employed === 0) return all({ kind: 'missing', reason: 'notApplicable' })
  if (employed === undefined) return all({ kind: 'missing', reason: absence })
  if (missed === 0 && worked === 0) return all({ kind: 'missing', reason: 'notApplicable' })
  // Nobody was at work: how much health affected it is rightly not asked.
  const isEffectAsked = worked !== 0 || effect !== undefined
  const absent = missed === undefined || worked === undefined ? null : missed / (missed + worked)
  const present = effect === undefined ? null : effect / 10
  const scored = (share: number | null, needed: readonly string[]): Score =>
    share === null ? whyMissing(answers, needed) : { kind: 'score', value: 100 * share }
  const overall = absent === null || present === null ? null : absent + (1 - absent) * present
  const notAsked: Score = { kind: 'missing', reason: 'notApplicable' }
  return {
    WPAI_ABSENT: scored(absent, ['WPAI_Q2', 'WPAI_Q4']),
    WPAI_PRESENT: isEffectAsked ? scored(present, ['WPAI_Q5']) : notAsked,
    WPAI_OVERALL: isEffectAsked ? scored(overall, ['WPAI_Q2', 'WPAI_Q4', 'WPAI_Q5']) : notAsked,
  }
}

/** The reason given for the items that a score lacks, where it is one. */
function whyMissing(answers: Answers, needed: readonly string[]): Score {
  const given = needed.flatMap(code => {
    const answer = answers[code]
    return answer && 'missing' in answer ? answer.missing : []
  })
  const [only, ...others] = new Set(given)
  return { kind: 'missing', reason: only && others.length === 0 ? only : 'tooFewItems' }
}

function percentOf(code: string, label: string): Parameter {
  return {
    code,
    label,
    unit: '%',
    min: 0,
    max: 100,
    higherIs: 'worse',
    kind: 'continuous',
    zeroMeansNone: false,
    minimalImportantChange: null,
  }
}

/**
 * WPAI: four impairments 0–100 %, higher is worse. Work time missed a = Q2 ÷ (Q2 + Q4); impairment at work Q5 ÷ 10;
 * overall a + (1 − a) × Q5 ÷ 10; activity Q6 ÷ 10; each × 100.
 * Missing rule: each needs all its items; not employed (Q1 no) → the three work scores `notApplicable`, activity only;
 * Q2 + Q4 = 0 → the work scores undefined, `notApplicable`; Q4 = 0 → Q5 is not asked, at work and overall
 * `notApplicable`; Q1 not answered → no work score.
 * Source: Reilly 1993 and the form's scoring. Example: Q2 8, Q4 32, Q5 4 → absent 20 %, present 40 %, overall 52 %.
 */
export const wpai: Instrument = {
  code: 'wpai',
  name: 'Work Productivity and Activity Impairment (WPAI)',
  version: null,
  ruleVersion: 'wpai-1',
  source: 'Reilly MC et al., PharmacoEconomics 1993;4:353–365',
  licence: 'Licensed by Reilly Associates: enter what was marked on the licensed form',
  notPrinted: 'The wording of the questions',
  reservedCodes: [],
  caption: () => 'last 7 days',
  items: () => ITEMS,
  total: () => null,
  parameters: () => [
    percentOf('WPAI_ABSENT', 'Work time missed'),
    percentOf('WPAI_PRESENT', 'Impairment at work'),
    percentOf('WPAI_OVERALL', 'Overall work impairment'),
    percentOf('WPAI_ACTIVITY', 'Activity impairment'),
  ],
  score: answers => {
    const activity = answers.WPAI_Q6
    const value = readNumber(answers, 'WPAI_Q6')
    return {
      ...scoreWork(answers),
      ...(activity && 'missing' in activity
        ? { WPAI_ACTIVITY: { kind: 'missing', reason: activity.missing } }
        : {}),
      ...(value === undefined ? {} : { WPAI_ACTIVITY: { kind: 'score', value: 10 * value } }),
    }
  },
  scoring: () =>
    'Time missed a = Q2 ÷ (Q2 + Q4); at work Q5 ÷ 10; overall a + (1 − a) × Q5 ÷ 10; activity Q6 ÷ 10; each × 100.',
  missingRule: () =>
    'Each needs all its items. Not employed: activity only. Q2 + Q4 = 0: the work scores are undefined. Nobody at work (Q4 = 0): time missed and activity only.',
  settingsInForce: () => [],
}
