import type { Command } from 'commander'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { describeView } from '@/lib/format/explained-view'
import {
  formatBaselineRow,
  formatCategories,
  formatChangeOf,
  formatExplainedValue,
  formatGroup,
  formatMeanOf,
  formatPart,
  formatRate,
  formatRuleSum,
  formatTaken,
  formatValueSum,
} from '@/lib/format/explanation'
import { describeCondition } from '@/lib/format/protocol'
import {
  type ExplainAsked,
  type ExplainedMove,
  type ExplainPage,
  readExplainAddress,
  type ToldExplanation,
  type ToldParticipant,
  type TouchingEntry,
} from '@/lib/schemas/explain'
import { explainNumber } from '@/lib/server/explain'
import { addAnalysisOptions, checkDataCut, readOptions, unwrapAsked } from './analysis-options'
import { CommandFailed, print, withDatabase } from './run'

interface Options {
  study: string
  visit: string
  between?: string[]
  dataCut?: string
  asOf?: string
  subgroup?: string
  strategy?: string
  missing?: string
  axis?: string
  inWindow?: boolean
  json?: boolean
}

export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .argument('<code>', 'code of a responder rule or of a score')
    .description(
      'who counts in a responder rate or a mean, by which rows and rule, and why not; a look by arm is recorded in the audit',
    )
    .requiredOption('--study <code>', 'code of the study')
    .requiredOption('--visit <code>', 'code of the visit')
  addAnalysisOptions(command)
    .option(
      '--between <entries...>',
      "two entries of the study's audit: who and what moved the number from the first to the second; not with --as-of",
    )
    .option('--axis <name>', 'as in summary; numbers of visits count from day zero alone: sinceDayZero')
    .option('--json', 'print one JSON document in full precision')
    .action(async (code: string, { study, json, ...options }: Options) => {
      const asked = parseAsked(code, options)
      const page = await withDatabase('existing', ctx => unwrapAsked(explainNumber(ctx, study, asked)))
      print(json, page.explained, formatExplained(page))
    })
}

/** Options as the address of the page; what cannot be read is wrong usage. */
function parseAsked(
  code: string,
  { between, inWindow, ...options }: Omit<Options, 'study' | 'json'>,
): ExplainAsked {
  if (between !== undefined && between.length !== 2)
    throw new CommandFailed(['--between: Name two entries of the audit, the earlier one first.'], 2)
  if (between !== undefined && options.asOf !== undefined)
    throw new CommandFailed(
      ['--as-of: The values are of the second entry of --between. Leave one of the two options out.'],
      2,
    )
  checkDataCut(options.dataCut)
  const [from, to] = between ?? []
  const given = { ...options, code, from, to, inWindow: inWindow ? '1' : undefined }
  const asked = readOptions(readExplainAddress(given))
  if (asked.controls.view.timeAxis !== 'sinceDayZero')
    throw new CommandFailed(
      [
        `--axis "${options.axis}": A number is explained at a visit, whose time counts from day zero. Changes since the last dose stand in summary --json, sinceLastDose. Leave --axis out.`,
      ],
      2,
    )
  return asked
}

function formatExplained(page: ExplainPage): string[] {
  const { study, dataCut, asOf, explanation, synthetic, participants, between } = page.explained
  const { protocol, parameters } = page
  const parameter = parameters.get(explanation.parameter)
  if (!parameter) return []
  const rules = explanation.rules.map(
    ({ rule }) => `${rule.code}, ${rule.label}: ${describeCondition(protocol, rule.condition)}`,
  )
  return [
    `Study ${study}, ${parameter.code} at ${explanation.visit}, ${explanation.analysisSet}, data cut ${dataCut}, as of entry ${asOf}${synthetic ? '. SYNTHETIC DATA' : ''}`,
    // Data cut and entry stand in the line above.
    ...describeView(page.explained, { dataCut: null, asOf: null }),
    ...rules.map(rule => `Rule ${rule}`),
    ...formatNumbers(explanation, parameter),
    ...(participants === null
      ? ['Participants are not listed: arms are hidden or masked for this reader.']
      : participants.flatMap(each => formatParticipant(each, page, parameter))),
    ...(between ? formatMove(between, page, parameter) : []),
  ]
}

function formatNumbers({ arms }: ToldExplanation, parameter: Parameter): string[] {
  return arms.flatMap(arm => {
    const change = formatChangeOf(arm, parameter)
    return [
      `${arm.arm}: ${formatValueSum(arm)}`,
      `${arm.arm}: ${formatCategories(arm) ?? formatMeanOf(arm, parameter)}`,
      ...(change ? [`${arm.arm}: ${change}`] : []),
      ...arm.numbers.responders.map(rate => `${arm.arm} ${rate.code}: ${formatRate(rate)}`),
      ...arm.ruleGroups.map(({ code }) => `${arm.arm} ${code}: ${formatRuleSum(arm, code)}`),
    ]
  })
}

function formatParticipant(
  each: ToldParticipant,
  { parameters, explained }: ExplainPage,
  parameter: Parameter,
): string[] {
  const arm = explained.explanation.arms.length > 1 ? `, ${each.arm}` : ''
  const ofRule = each.outcomes.find(({ code }) => code === explained.code)
  const rows = each.baseline.rows.map(row => formatBaselineRow(row, parameter))
  const taken = formatTaken(each.value)
  return [
    '',
    `${each.subject}${arm}: ${formatGroup(ofRule ?? each.standing)}`,
    `  baseline ${each.baseline.value ?? 'none'}${rows.length > 0 ? ` from ${rows.join('; ')}` : ': no row'}`,
    `  ${each.value.visit}: ${formatExplainedValue(each.value, parameter)}${taken ? ` (${taken})` : ''}`,
    ...each.outcomes.map(outcome => {
      const parts = outcome.parts.map(part => formatPart(part, parameters.get(part.condition.parameter)))
      return `  ${outcome.code}: ${formatGroup(outcome)}. ${parts.join('; ')}`
    }),
  ]
}

function formatMove(move: ExplainedMove, page: ExplainPage, parameter: Parameter): string[] {
  const { from, to, before, changed, nChanged, ofStudy, versions } = move
  return [
    '',
    `From entry ${from.seq} (${from.at}) to entry ${to.seq} (${to.at}), protocol ${versions.join(' to ')}: ${nChanged} ${nChanged === 1 ? 'participant differs' : 'participants differ'}`,
    ...(before
      ? formatNumbers(before, parameter).map(line => `Before  ${line}`)
      : ['Before  there was no such number']),
    ...formatNumbers(page.explained.explanation, parameter).map(line => `Now     ${line}`),
    ...ofStudy.map(formatEntry),
    ...(changed ?? []).flatMap(each => [
      '',
      each.subject,
      `  before: ${tellState(each.before, parameter)}`,
      `  now: ${tellState(each.now, parameter)}`,
      ...(each.entries ?? []).map(formatEntry),
    ]),
  ]
}

function tellState(each: ToldParticipant | null, parameter: Parameter): string {
  if (each === null) return 'not in the set'
  const rules = each.outcomes.map(outcome => `${outcome.code} ${formatGroup(outcome)}`)
  const baseline = `baseline ${each.baseline.value ?? 'none'}`
  return [baseline, formatExplainedValue(each.value, parameter), formatGroup(each.standing), ...rules].join(
    '; ',
  )
}

function formatEntry({ seq, at, actor, role, summary, values, reason }: TouchingEntry): string {
  const told = values.map(({ label, old, now }) => `${label} ${old || 'empty'} to ${now || 'empty'}`)
  const why = reason === null ? '' : `; reason: ${reason}`
  return `  entry ${seq}, ${at}, ${actor} (${role}): ${[summary, ...told].join('; ')}${why}`
}
