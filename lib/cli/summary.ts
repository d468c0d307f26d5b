import type { Command } from 'commander'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { StudyResult } from '@/lib/domain/outcomes/study-result'
import type { ViewInForce } from '@/lib/domain/outcomes/view-in-force'
import { describePooledReason } from '@/lib/format/masking'
import { formatInterval, formatMean } from '@/lib/format/numbers'
import { readCohortControls, TIME_AXES } from '@/lib/schemas/cohort'
import { readSummary } from '@/lib/server/cohort'
import { addAnalysisOptions, checkDataCut, readOptions, unwrapAsked } from './analysis-options'
import { print, withDatabase } from './run'

interface Options {
  study: string
  dataCut?: string
  asOf?: string
  json?: boolean
  subgroup?: string
  strategy?: string
  missing?: string
  axis?: string
  inWindow?: boolean
}

export function addSummaryCommand(program: Command): void {
  const command = program
    .command('summary')
    .description('every number of the cohort page; a look by arm is recorded in the audit')
    .requiredOption('--study <code>', 'code of the study')
  addAnalysisOptions(command)
    .option('--axis <name>', `from when time counts: ${TIME_AXES.join(', ')}`)
    .option('--json', 'print one JSON document in full precision')
    .action(async ({ study, dataCut, json, inWindow, ...options }: Options) => {
      checkDataCut(dataCut)
      const given = { ...options, inWindow: inWindow ? '1' : undefined }
      const { view, asOf } = readOptions(readCohortControls(given))
      const summary = await withDatabase('existing', ctx =>
        unwrapAsked(readSummary(ctx, { study, dataCut, asOf: asOf ?? undefined, view })),
      )
      print(json, summary, formatSummary(summary))
    })
}

function formatSummary(summary: StudyResult): string[] {
  const { study, dataCut, asOf, analysisSet, synthetic, armsReason } = summary
  return [
    `Study ${study}, ${analysisSet}, data cut ${dataCut}, as of entry ${asOf}${synthetic ? '. SYNTHETIC DATA' : ''}`,
    ...(armsReason ? [describePooledReason(armsReason)] : []),
    ...formatView(summary.view),
    ...summary.parameters.flatMap(({ parameter, arms }) =>
      arms.flatMap(({ arm, visits }) =>
        visits.map(({ visit, received, expected, n, nImputed, mean, ciLower, ciUpper }) => {
          const interval = ciLower === null || ciUpper === null ? '' : `, ${formatInterval(ciLower, ciUpper)}`
          const average = mean === null ? '' : `, mean ${formatMean(mean)}${interval}`
          const filledIn = nImputed === 0 ? '' : `, filled in ${nImputed}`
          return `${parameter} ${arm} ${visit}: received ${received}/${expected}, n ${n}${filledIn}${average}`
        }),
      ),
    ),
  ]
}

/** What departs from the default view, with how many it leaves out; nothing for the default. */
function formatView({
  subgroup,
  strategy,
  missingData,
  timeAxis,
  inWindowOnly,
  leftOut,
  ...view
}: ViewInForce) {
  const total = (name: 'outsideWindow' | 'windowUnknown' | 'afterEvent' | 'eventUndated' | 'notImputable') =>
    leftOut.values.reduce((sum, values) => sum + values[name], 0)
  const byDefault = DEFAULT_ANALYSIS_VIEW
  return [
    ...(leftOut.restrictedSince > 0
      ? [`Left out: ${leftOut.restrictedSince} participants who asked for no further use since then`]
      : []),
    ...(subgroup
      ? [
          `Subgroup: ${subgroup.factorLabel} ${subgroup.levelLabel}; left out: ${leftOut.bySubgroup} participants`,
        ]
      : []),
    ...(strategy === byDefault.strategy
      ? []
      : [
          `Events: ${strategy} (means: ${view.strategyOfMeans}); participants with an event: ${view.membersWithEvent}; values left out: ${total('afterEvent')} after one, ${total('eventUndated')} not known`,
        ]),
    ...(missingData === byDefault.missingData
      ? []
      : [`Missing data: ${missingData}; values without anything to fill in: ${total('notImputable')}`]),
    ...(inWindowOnly
      ? [
          `In window only: values left out: ${total('outsideWindow')} outside, ${total('windowUnknown')} of unknown window or date`,
        ]
      : []),
    ...(timeAxis === byDefault.timeAxis ? [] : ['Time since the last dose: see --json, sinceLastDose']),
  ]
}
