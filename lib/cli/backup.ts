import { resolve } from 'node:path'
import type { Command } from 'commander'
import { backUp, manifestFile } from '@/lib/server/backups'
import { now } from '@/lib/server/clock'
import { databaseFile } from '@/lib/server/env'
import { checkBackup, restoreBackup } from '@/lib/server/restores'
import { CommandFailed, print, unwrap, withDatabase } from './run'

export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('back the database up to a new file, with a manifest beside it, while the server runs')
    .argument('<file>', 'new file')
    .option('--json', 'print the manifest as one JSON document')
    .action(async (file: string, options: { json?: boolean }) => {
      const target = resolve(file)
      const manifest = await withDatabase('existing', async (ctx, connection) =>
        unwrap(await backUp(ctx, connection, target)),
      )
      const heads = manifest.heads.map(({ chain, seq, hash }) => `${chain} ${seq} ${hash}`)
      print(options.json, manifest, [
        `Backed up to ${target} (${manifest.bytes} bytes), manifest ${manifestFile(target)}.`,
        'Heads of the audit, to be kept elsewhere too:',
        ...heads,
      ])
    })
  program
    .command('restore')
    .description('put a backup in the place of the database; what was there is kept beside it')
    .argument('<file>', 'backup, with its manifest beside it')
    .option('--check', 'restore to a scratch place only, and say PASS or what differs')
    .option('--json', 'print one JSON document')
    .action(restore)
}

async function restore(file: string, options: { check?: boolean; json?: boolean }): Promise<void> {
  const source = resolve(file)
  if (options.check) {
    const findings = await checkBackup(source)
    const pass = findings.length === 0
    print(options.json, { result: pass ? 'PASS' : 'DIFFERS', findings }, pass ? ['PASS'] : ['DIFFERS'])
    if (!pass) throw new CommandFailed(findings)
    return
  }
  const { replaced } = unwrap(await restoreBackup(source, databaseFile(), now()))
  const kept = replaced === null ? [] : [`What was there is kept as ${replaced}.`]
  print(options.json, { result: 'RESTORED', replaced }, [
    `${source} was restored to ${databaseFile()}.`,
    ...kept,
  ])
}
