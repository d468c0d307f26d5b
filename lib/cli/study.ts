import type { Command } from 'commander'
import { lockStudy, unlockStudy } from '@/lib/server/locks'
import { type AppliedProtocol, applyProtocol } from '@/lib/server/protocols'
import { print, readJsonFile, unwrap, withDatabase } from './run'

export function addStudyCommands(program: Command): void {
  const study = program.command('study').description('set up, lock and unlock studies')
  study
    .command('apply')
    .description('validate a protocol file and publish its last version; the same file twice changes nothing')
    .argument('<file>', 'protocol as JSON')
    .option('--synthetic', 'mark a new study as made up: every page and export says so')
    .option('--json', 'print one JSON document')
    .action(apply)
  for (const [name, change, done] of [
    ['lock', lockStudy, 'is locked: no record of it can be changed'],
    ['unlock', unlockStudy, 'is open again'],
  ] as const) {
    const command = study
      .command(name)
      .description(`${name} a study, with a reason that the audit keeps`)
      .argument('<code>', 'code of the study')
      .requiredOption('--reason <text>', 'why')
    if (name === 'unlock')
      command.option(
        '--confirm',
        'needed with several arms, since the lock opened results by arm to site roles',
      )
    command.action(async (code: string, options: { reason: string; confirm?: boolean }) => {
      const { reason, confirm = false } = options
      await withDatabase('existing', ctx => unwrap(change(ctx, { study: code, reason, confirmed: confirm })))
      print(false, null, [`Study ${code} ${done}.`])
    })
  }
}

async function apply(file: string, options: { synthetic?: boolean; json?: boolean }): Promise<void> {
  const content = readJsonFile(file)
  const applied = await withDatabase('setUp', ctx =>
    unwrap(applyProtocol(ctx, content, { synthetic: options.synthetic === true })),
  )
  print(options.json, applied, formatApplied(applied))
}

function formatApplied({ study, published, inForce, isNewStudy, rescored }: AppliedProtocol): string[] {
  if (published.length === 0)
    return [`Study ${study} stands at version ${inForce} as the file says. Nothing changed.`]
  const first = isNewStudy ? `Study ${study} was made.` : `Study ${study} was amended.`
  const scores = rescored > 0 ? [`${rescored} forms were scored again by the changed settings.`] : []
  return [`${first} Published: ${published.join(', ')}. In force: ${inForce}.`, ...scores]
}
