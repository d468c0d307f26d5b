import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportColumn, ExportTable } from '@/lib/domain/exports/export-table'
import { chooseByVisit } from '@/lib/domain/exports/scores-long'
import { describeParameter } from '@/lib/domain/exports/scores-long-columns'
import { armColumn, idColumns } from '@/lib/domain/exports/shared-columns'
import { deriveVariableNames } from '@/lib/domain/exports/variable-names'
import { isUnlimited } from '@/lib/domain/instruments/unlimited'
import { groupRows } from '@/lib/domain/shared/group-rows'

/**
 * `scores_wide.csv`: one row for each participant, one column for each parameter at each visit that asks for it, named
 * `<PARAMETER>_<VISIT>`; the value that results by visit take. Missing, or an unlimited duration: empty, the
 * reason is in `scores_long.csv`.
 * Source: interfaces.md. Example: `NPRS_AVG_M6`.
 */
export function scoresWideTable(scope: ExportScope): ExportTable {
  const first = [...idColumns(scope), armColumn(scope)]
  const asked = scope.parameters.flatMap(({ parameter, visits }) =>
    visits.map(visit => ({ parameter, visit })),
  )
  const names = deriveVariableNames(
    asked.map(({ parameter, visit }) => `${parameter.code}_${visit}`),
    first.map(column => column.variable),
  )
  const columns = asked.map(
    ({ parameter, visit }, index): ExportColumn => ({
      ...describeParameter(scope, parameter),
      variable: names[index] ?? '',
      label: `${parameter.label} at ${visit}`,
      missingCodes: 'empty, reason in scores_long.csv',
      derivation: `value of scores_long.csv where parameter is ${parameter.code}, visit is ${visit} and analysis_flag is not notUsed`,
    }),
  )
  return {
    file: 'scores_wide.csv',
    holds: 'One row for each participant, one column for each parameter at each visit.',
    columns: [...first, ...columns],
    rows: ({ participant, arm, scores }) => {
      const byParameter = groupRows(scores, score => score.parameter)
      const chosen = new Map([...byParameter].map(([code, rows]) => [code, chooseByVisit(rows)]))
      const values = asked.map(({ parameter, visit }) => {
        const value = chosen.get(parameter.code)?.get(visit)?.value ?? null
        return isUnlimited(parameter, value) ? null : value
      })
      return [[scope.protocol.study.code, participant.site, participant.subject, arm, ...values]]
    },
  }
}
