/** Judging one entry of a log as a whole: what every log has in common, then what its own definition says. */
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { askAboutIdentifiers } from '@/lib/domain/checks/identifiers'
import type { SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { checkRequiredFields } from '@/lib/domain/instruments/form'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { formOf, type Log, type LogFacts } from '@/lib/domain/logs/log'
import type { FormPlan } from '@/lib/domain/protocol/protocol'

/**
 * Refuses an entry that lacks a required field, or that the log itself refuses; an entry is stored complete. Fields that
 * somebody else judges may stay blank: `mine` names those that the person may fill in. The log's own check runs only on
 * entries that lack nothing. Empty = nothing to refuse.
 * Example: a condition without a name → one problem, `required`.
 */
export function checkLogEntry(
  log: Log,
  answers: Answers,
  facts: LogFacts,
  mine: ReadonlySet<string>,
): readonly FieldProblem[] {
  const lacking = listLacking(formOf(log, facts.protocol), answers, mine)
  return lacking.length > 0 ? lacking : log.check(answers, facts)
}

/**
 * Required fields among `mine` that have neither an answer nor a reason, each with what to do. Fields that
 * the answers hide are not required. Empty = none. Example: a condition without a name → one problem at its
 * name, `required`.
 */
export function listLacking(
  plan: FormPlan,
  answers: Answers,
  mine: ReadonlySet<string>,
): readonly FieldProblem[] {
  return checkRequiredFields(plan, answers)
    .filter(problem => mine.has(problem.field))
    .map(problem => ({ ...problem, text: textOfLacking(plan.fields, problem.field) }))
}

function textOfLacking(fields: ReturnType<typeof formOf>['fields'], code: string): string {
  const field = fields.find(candidate => candidate.code === code)
  const label = field?.label ?? code
  const choosing = field?.type === 'choice' || field?.type === 'multi' || field?.type === 'boolean'
  const remedy = choosing ? 'Choose an answer' : 'Enter it'
  return `${label} is needed. ${remedy}${field?.missingCodes?.length ? ', or choose why it is missing' : ''}.`
}

/**
 * Asks what the log's own checks find unlikely, and about free text that looks as if it identified the participant
 * (trust.md E2). Missing and unanswered fields give no question. Example: a note `MRN 1234567` → one question.
 */
export function askLogEntry(log: Log, answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  const texts = log.fields(facts.protocol).filter(field => field.type === 'text')
  const aboutText = texts.flatMap(field => {
    const answer = answers[field.code]
    const text = answer && 'value' in answer && typeof answer.value === 'string' ? answer.value : null
    return askAboutIdentifiers(field.code, field.label, text).map(question => ({
      ...question,
      code: 'identifier',
      key: question.code,
    }))
  })
  return [...log.ask(answers, facts), ...aboutText]
}
