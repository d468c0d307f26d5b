import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { ImportMapping } from '@/lib/domain/imports/mapping'
import { ImportMappingFile } from '@/lib/schemas/imports'
import type { ImportReport } from '@/lib/server/import-run'
import { IMPORT_LIMITS } from '@/lib/server/import-table'
import { importFile } from '@/lib/server/imports'
import { CommandFailed, print, readJsonFile, unwrap, withDatabase } from './run'

interface Options {
  readonly study: string
  readonly tidy?: string
  readonly mapping?: string
  readonly register?: boolean
  readonly reason?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('import a CSV file, all or nothing; the same file twice changes nothing')
    .requiredOption('--study <code>', 'code of the study')
    .option(
      '--tidy <file>',
      'tidy CSV: subject,site,arm,visit,visit_date, before_treatment (1 or 0) if known, then a column per parameter or item',
    )
    .option('--mapping <map>', 'JSON that names the columns of any other CSV, which follows as FILE')
    .argument('[file]', 'the CSV that the mapping describes')
    .option('--register', 'create sites and participants that are not known yet')
    .option('--reason <text>', 'why stored values change; without it none may')
    .option('--dry-run', 'say what would change, and write nothing')
    .option('--json', 'print the report as one JSON document')
    .action(importCsv)
}

async function importCsv(argument: string | undefined, options: Options): Promise<void> {
  const file = fileOf(argument, options)
  const mapping = options.mapping === undefined ? null : readMapping(options.mapping)
  const request = {
    study: options.study,
    file: basename(file),
    bytes: readBytes(file),
    mapping,
    register: options.register === true,
    reason: options.reason ?? null,
    dryRun: options.dryRun === true,
  }
  const report = await withDatabase('existing', ctx => unwrap(importFile(ctx, request)))
  print(options.json, report, formatReport(report))
}

function fileOf(argument: string | undefined, options: Options): string {
  const usage = (text: string) => new CommandFailed([text], 2)
  if ((options.tidy === undefined) === (options.mapping === undefined))
    throw usage('Give either --tidy FILE, or --mapping MAP.json and FILE.')
  if (options.tidy !== undefined) {
    if (argument !== undefined) throw usage('With --tidy no further file is read.')
    return options.tidy
  }
  if (argument === undefined) throw usage('Name the file that the mapping describes, after it.')
  return argument
}

function readMapping(file: string): ImportMapping {
  const parsed = ImportMappingFile.safeParse(readJsonFile(file))
  if (parsed.success) return parsed.data
  throw new CommandFailed(
    parsed.error.issues.map(issue => `${file}, ${issue.path.join('.') || 'the whole'}: ${issue.message}`),
  )
}

/** A file that is too large is refused before it is read. */
function readBytes(file: string): Buffer {
  try {
    const { size } = statSync(file)
    if (size <= IMPORT_LIMITS.bytes) return readFileSync(file)
    const limit = IMPORT_LIMITS.bytes / 1024 / 1024
    throw new CommandFailed([`row 1: ${file} has ${size} bytes; at most ${limit} MB are taken. Split it.`])
  } catch (error) {
    if (error instanceof CommandFailed) throw error
    throw new CommandFailed([
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
}

function formatReport(report: ImportReport): string[] {
  const { participants, visits, values } = report
  const head = report.dryRun
    ? 'Dry run: nothing was written. The import would give:'
    : report.changedAnything
      ? 'Imported.'
      : 'Everything in the file is stored already. Nothing changed.'
  return [
    head,
    `Rows: ${report.rowsRead} read, ${report.rowsImported} imported`,
    ...report.skipped.map(
      ({ reason, rows, subjects }) => `Left out: ${reason}: ${rows} rows, ${subjects} participants`,
    ),
    ...(report.ignoredColumns.length > 0
      ? [`Columns not in the mapping: ${report.ignoredColumns.join(', ')}`]
      : []),
    ...(report.sitesCreated.length > 0 ? [`Sites created: ${report.sitesCreated.join(', ')}`] : []),
    `Participants: ${participants.registered} registered, ${participants.known} known before`,
    `Allocations recorded: ${report.allocationsRecorded}; doses recorded: ${report.treatmentsRecorded}`,
    `Visits: ${visits.opened} begun, ${visits.known} known before`,
    `Values: ${values.new} new, ${values.changed} changed, ${values.unchanged} unchanged`,
    ...report.changes.map(
      ({ row, subject, visit, field, stored, given }) =>
        `Row ${row}: ${[subject, visit, field].filter(Boolean).join(' ')}: ${stored} → ${given}`,
    ),
    ...(report.reasonNeeded ? ['Stored values change: a reason is needed (--reason).'] : []),
    `Soft checks unconfirmed: ${report.softChecksUnconfirmed}; dates out of window: ${report.datesOutOfWindow}`,
  ]
}
