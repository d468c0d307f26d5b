import type { Command } from 'commander'
import { parseAnchors } from '@/lib/server/anchors'
import { type AuditReport, exportAudit, verifyAudit } from '@/lib/server/audit'
import { CommandFailed, print, readTextFile, unwrap, withDatabase } from './run'

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the audit trail: verify and export')
  audit
    .command('verify')
    .description('verify the hash chains; with an anchor, also that no tail was cut and no old copy put back')
    .option('--study <code>', 'only the chain of this study')
    .option(
      '--anchor <file>',
      'heads that were kept elsewhere: a copy of DATABASE.heads or the manifest of a backup',
    )
    .option('--json', 'print one JSON document')
    .action(verify)
  audit
    .command('export')
    .description(
      'write the whole audit of a study, or of the system, as JSON lines; node lib/cli/verify-audit.mjs FILE verifies it',
    )
    .option('--study <code>', 'code of the study')
    .option(
      '--system',
      'sign-ins, accounts and roles, looks, exports, imports and backups instead of a study',
    )
    .argument('<file>', 'new file')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { study?: string; system?: boolean; json?: boolean }) => {
      if ((options.study === undefined) !== (options.system === true))
        throw new CommandFailed(['Give either --study CODE or --system.'], 2)
      const study = options.study ?? null
      const written = await withDatabase('existing', ctx => unwrap(exportAudit(ctx, { study, file })))
      print(options.json, written, [
        `${written.entries} entries were written to ${file}.`,
        `Head ${written.head}`,
        `SHA-256 ${written.sha256}`,
      ])
    })
}

async function verify(options: { study?: string; anchor?: string; json?: boolean }): Promise<void> {
  const anchors = options.anchor === undefined ? null : unwrap(parseAnchors(readTextFile(options.anchor)))
  const report = await withDatabase('existing', ctx =>
    unwrap(verifyAudit(ctx, { study: options.study ?? null, anchors })),
  )
  print(options.json, report, formatReport(report))
  if (!report.sound) throw new CommandFailed(faultsOf(report))
}

function formatReport(report: AuditReport): string[] {
  const chains = report.chains.map(({ chain, entries, head }) => `${chain}: ${entries} entries, head ${head}`)
  const anchors = report.anchors
    ? `${report.anchors.checked} anchored heads compared.`
    : 'No anchor was given: a cut tail or an old copy put back would not be seen.'
  return [...chains, anchors, report.sound ? 'Sound.' : 'Not sound.']
}

function faultsOf({ chains, anchors }: AuditReport): string[] {
  return [
    ...chains.filter(({ entries }) => entries === 0).map(({ chain }) => `${chain}: the chain has no entries`),
    ...chains.flatMap(({ chain, faults }) =>
      faults.map(({ seq, fault }) => `${chain} ${seq}: ${CHAIN_FAULTS[fault]}`),
    ),
    ...(anchors?.faults ?? []).map(({ chain, seq, fault }) => `${chain} ${seq}: ${ANCHOR_FAULTS[fault]}`),
  ]
}

const CHAIN_FAULTS = {
  gap: 'an entry is missing before this one',
  brokenLink: 'does not continue the entry before it',
  changedEntry: 'was changed after it was written',
} as const

const ANCHOR_FAULTS = {
  missing: 'is anchored but not in the database: entries were cut, or an old copy was put back',
  differs: 'is not the entry that was anchored',
} as const
