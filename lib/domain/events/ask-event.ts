import { formatDay } from '@/lib/domain/checks/day-text'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { findSignsAfterProcedure, spanOfField } from '@/lib/domain/events/check-event'
import { isFatal, isSerious } from '@/lib/domain/events/event-facts'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { boolOf, codesOf, textOf } from '@/lib/domain/logs/answer-values'
import type { LogFacts } from '@/lib/domain/logs/log'

/**
 * Soft checks of an adverse event that passed the hard ones. Seriousness is not grade, so that grade 4
 * without a criterion is asked about, not refused; likewise death that is not graded 5, an outcome that its
 * course contradicts, a partial onset that may lie before consent, a judgement that contradicts the criteria,
 * and a participant who was not told to seek care. Unanswered fields give no question. Source: clinical.md
 * §3, adverse events.
 * Example: grade 4 and no criterion → one question, `gradeWithoutCriterion`.
 */
export function askAboutEvent(answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  return [
    ...askAboutSeriousness(answers),
    ...askAboutJudgement(answers),
    ...askAboutDeath(answers),
    ...askAboutCourse(answers),
    ...askAboutConsent(answers, facts),
    ...askAboutCare(answers, facts),
  ]
}

function askAboutSeriousness(answers: Answers): readonly SoftQuestion[] {
  const grade = textOf(answers, 'AETOXGR') ?? ''
  const questions: SoftQuestion[] = []
  if (boolOf(answers, 'AESER') === false && grade === '4') {
    const text = 'grade 4 is life-threatening, but no seriousness criterion is met.'
    questions.push(ask('gradeWithoutCriterion', { AETOXGR: grade, AESER: 'no' }, text))
  }
  if (boolOf(answers, 'AESER') === false && codesOf(answers, 'AEACN').includes('hospitalised')) {
    const text = 'the participant was hospitalised, which is a seriousness criterion, but none is met.'
    questions.push(ask('hospitalWithoutCriterion', { AEACN: 'hospitalised', AESER: 'no' }, text))
  }
  if (codesOf(answers, 'AESERCRIT').includes('lifeThreatening') && ['1', '2'].includes(grade)) {
    const text = `the event is life-threatening, but grade ${grade}.`
    questions.push(ask('criterionAboveGrade', { AESERCRIT: 'lifeThreatening', AETOXGR: grade }, text))
  }
  return questions
}

function askAboutJudgement(answers: Answers): readonly SoftQuestion[] {
  const judged = boolOf(answers, 'AESERINV')
  const found = boolOf(answers, 'AESER')
  if (judged === null || found === null || judged === found) return []
  const text =
    isSerious(answers) && judged
      ? 'judged serious, but no criterion is recorded. The 24 hours to tell the sponsor run from the judgement.'
      : 'judged not serious, but a criterion is recorded. The clock runs on until the event is reported, or the report is voided with a reason.'
  return [ask('judgementDiffers', { AESERINV: judged ? 'yes' : 'no', AESER: found ? 'yes' : 'no' }, text)]
}

function askAboutDeath(answers: Answers): readonly SoftQuestion[] {
  const grade = textOf(answers, 'AETOXGR') ?? ''
  const outcome = textOf(answers, 'AEOUT') ?? ''
  if (!isFatal(answers) || grade === '5') return []
  const text = `the event ended in death, but is grade ${grade}. Death is grade 5 where the event led to it.`
  return [ask('deathBelowGrade5', { AEOUT: outcome, AETOXGR: grade }, text)]
}

function askAboutCourse(answers: Answers): readonly SoftQuestion[] {
  const outcome = textOf(answers, 'AEOUT') ?? ''
  const ongoing = boolOf(answers, 'AEONGO')
  const isOver = ['recovered', 'sequelae', 'fatal'].includes(outcome)
  if (ongoing === true && isOver) {
    const text = 'the event is still going on, but its outcome says that it is over.'
    return [ask('ongoingButOver', { AEONGO: 'yes', AEOUT: outcome }, text)]
  }
  if (ongoing === false && (outcome === 'recovering' || outcome === 'notRecovered')) {
    const text = 'the event has ended, but its outcome says that it goes on.'
    return [ask('endedButNotOver', { AEONGO: 'no', AEOUT: outcome }, text)]
  }
  return []
}

function askAboutConsent(answers: Answers, { consentDate }: LogFacts): readonly SoftQuestion[] {
  const began = spanOfField(answers, 'AESTDAT')
  if (began === null || consentDate === null || began.first >= consentDate) return []
  const text = `the event may have begun before consent on ${formatDay(consentDate)}. If it did, it belongs in the medical history.`
  return [ask('maybeBeforeConsent', { AESTDAT: textOf(answers, 'AESTDAT') ?? '', consentDate }, text)].map(
    question => ({ ...question, fields: ['AESTDAT'] }),
  )
}

function askAboutCare(answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  if (boolOf(answers, 'TOLD_SEEK_CARE') !== false) return []
  const signs = findSignsAfterProcedure(answers, facts)
  if (signs.length === 0) return []
  const text = `the participant was not told to seek care at once, with ${signs.join(', ')} after a procedure. Do so now if it still applies.`
  return [ask('notToldToSeekCare', { TOLD_SEEK_CARE: 'no' }, text)]
}
