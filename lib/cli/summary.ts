import type { Command } from 'commander'
import type { Summary } from '@/lib/domain/outcomes/summary-types'
import { formatInterval, formatMean } from '@/lib/format/numbers'
import { readSummary } from '@/lib/server/cohort'
import { CommandFailed, print, unwrap, withDatabase } from './run'

interface Options {
  study: string
  dataCut?: string
  asOf?: string
  json?: boolean
}

export function addSummaryCommand(program: Command): void {
  program
    .command('summary')
    .description('every number of the cohort page; a look by arm is recorded in the audit')
    .requiredOption('--study <code>', 'code of the study')
    .option(
      '--data-cut <date>',
      'last day whose records count, YYYY-MM-DD; default: today in the zone of the study',
    )
    .option(
      '--as-of <entry>',
      "entry of the study's audit that the values are of, as they were known then; default: the last",
    )
    .option('--json', 'print one JSON document in full precision')
    .action(async ({ study, dataCut, asOf, json }: Options) => {
      const entry = asOf === undefined ? undefined : Number(asOf)
      if (entry !== undefined && !(Number.isSafeInteger(entry) && entry >= 0))
        throw new CommandFailed([`--as-of "${asOf}": Give the number of an audit entry, for example 120.`], 2)
      const summary = await withDatabase('existing', ctx =>
        unwrap(readSummary(ctx, { study, dataCut, asOf: entry })),
      )
      print(json, summary, formatSummary(summary))
    })
}

function formatSummary(summary: Summary): string[] {
  const { study, dataCut, asOf, analysisSet, synthetic } = summary
  return [
    `Study ${study}, ${analysisSet}, data cut ${dataCut}, as of entry ${asOf}${synthetic ? '. SYNTHETIC DATA' : ''}`,
    ...summary.parameters.flatMap(({ parameter, arms }) =>
      arms.flatMap(({ arm, visits }) =>
        visits.map(({ visit, received, expected, n, mean, ciLower, ciUpper }) => {
          const interval = ciLower === null || ciUpper === null ? '' : `, ${formatInterval(ciLower, ciUpper)}`
          const average = mean === null ? '' : `, mean ${formatMean(mean)}${interval}`
          return `${parameter} ${arm} ${visit}: received ${received}/${expected}, n ${n}${average}`
        }),
      ),
    ),
  ]
}
