import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Manifest } from '@/lib/domain/exports/manifest'
import { ExportRequest } from '@/lib/schemas/exports'
import { exportStudy } from '@/lib/server/exports'
import { parseOptions, print, unwrap, withDatabase } from './run'

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description(
      'write the files for statistics: scores, items, participants, visits, doses, codebook, manifest',
    )
    .requiredOption('--study <code>', 'code of the study')
    .requiredOption('--out <dir>', 'folder for the files; files of the same names are replaced')
    .option(
      '--flavour <flavour>',
      'analysis, lossless; spreadsheet, with text that cannot run as a formula',
      'analysis',
    )
    .option(
      '--data-cut <date>',
      'last day whose records count, YYYY-MM-DD; default: today in the zone of the study',
    )
    .option('--json', 'print the manifest as one JSON document')
    .action(async (options: Record<string, string | boolean>) => {
      const request = parseOptions(ExportRequest, options)
      const out = resolve(String(options.out))
      const manifest = await withDatabase('existing', ctx => unwrap(exportStudy(ctx, { ...request, out })))
      print(options.json === true, manifest, formatExport(manifest, out))
    })
}

function formatExport(manifest: Manifest, out: string): string[] {
  const { study, dataCut, asOf, synthetic, files, heads } = manifest
  return [
    `Study ${study}, data cut ${dataCut}, audit entry ${asOf}, to ${out}${synthetic ? '. SYNTHETIC DATA' : ''}`,
    ...files.map(({ name, rows, sha256 }) => `${name}: ${rows} rows, SHA-256 ${sha256}`),
    ...heads.map(head => `Head of ${head.chain}: entry ${head.seq}, ${head.hash}`),
  ]
}
