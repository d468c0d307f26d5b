import { eventReportsTable } from '@/lib/domain/exports/event-reports'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportTable } from '@/lib/domain/exports/export-table'
import { itemsLongTable } from '@/lib/domain/exports/items-long'
import { logTables } from '@/lib/domain/exports/logs'
import { participantsTable } from '@/lib/domain/exports/participants'
import { scoresLongTable } from '@/lib/domain/exports/scores-long'
import { scoresWideTable } from '@/lib/domain/exports/scores-wide'
import { treatmentsTable } from '@/lib/domain/exports/treatments'
import { visitsTable } from '@/lib/domain/exports/visits'

/**
 * Every file of rows that an export has, in the order in which they are listed. The codebook and the manifest are
 * made from these. Example: `listExportTables(scope)[0].file` → `scores_long.csv`.
 */
export function listExportTables(scope: ExportScope): readonly ExportTable[] {
  return [
    scoresLongTable(scope),
    scoresWideTable(scope),
    itemsLongTable(scope),
    participantsTable(scope),
    visitsTable(scope),
    treatmentsTable(scope),
    ...logTables(scope),
    eventReportsTable(scope),
  ]
}
