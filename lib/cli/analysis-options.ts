import type { Command } from 'commander'
import { SUBGROUP_FACTORS } from '@/lib/domain/outcomes/subgroup-factors'
import { parseTypedDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { MISSING_DATA_METHODS, STRATEGIES } from '@/lib/schemas/cohort'
import { CommandFailed, unwrap } from './run'

const FACTORS = SUBGROUP_FACTORS.map(({ factor }) => factor).join(', ')

/** Options of the commands that count: what counts and how, as the controls of the cohort page. */
export function addAnalysisOptions(command: Command): Command {
  return command
    .option(
      '--data-cut <date>',
      'last day whose records count, as 2026-04-16 or 16 Apr 2026; default: today in the zone of the study',
    )
    .option(
      '--as-of <entry>',
      "entry of the study's audit that the values are of, as they were known then; default: the last",
    )
    .option(
      '--subgroup <factor:level>',
      `only participants of one group formed at or before baseline, for example sex:female; factors: ${FACTORS}; a level that is none is answered with those there are`,
    )
    .option(
      '--strategy <name>',
      `what a second dose, rescue or crossover does to later values: ${STRATEGIES.join(', ')}`,
    )
    .option('--missing <method>', `what stands in for missing values: ${MISSING_DATA_METHODS.join(', ')}`)
    .option('--in-window', 'only values taken in the window of their visit')
    .addHelpText(
      'after',
      '\nCodes of scores (parameters), rules (responders) and visits: summary --study <code> --json lists them.\nEnds with 2 where an option cannot be read, with 1 where the study refuses it.',
    )
}

/** Wrong usage where a data cut is no date; whether the day has come is for the study to say. */
export function checkDataCut(typed: string | undefined): void {
  if (typed === undefined || parseTypedDate(typed).ok) return
  throw new CommandFailed(
    [
      `--data-cut "${typed}": “${typed}” is not a date that can be read. Write it as 2026-04-16 or 16 Apr 2026.`,
    ],
    2,
  )
}

/** What options were read as; what cannot be read is wrong usage, said of the option. */
export function readOptions<T>(result: Result<T, AppError>): T {
  if (!result.ok && result.error.code === 'invalidInput')
    throw new CommandFailed(
      result.error.fields.map(({ field, value, text }) => `${nameOption(field)} "${value}": ${text}`),
      2,
    )
  return unwrap(result)
}

/** The value, or the command ends with 1 and the refusal of what was asked, said of the option. */
export function unwrapAsked<T>(result: Result<T, AppError>): T {
  if (result.ok || result.error.code !== 'invalidInput') return unwrap(result)
  const fields = result.error.fields.map(each => ({ ...each, field: nameOption(each.field) }))
  return unwrap({ ok: false, error: { ...result.error, fields } })
}

/** Fields of the page that have another name as an option; a code is an argument and has none. */
const OPTION_NAMES: Readonly<Record<string, string>> = {
  ...{ asOf: '--as-of', dataCut: '--data-cut', inWindow: '--in-window' },
  ...{ from: '--between', to: '--between', code: 'code' },
}

function nameOption(field: string): string {
  return OPTION_NAMES[field] ?? `--${field}`
}
