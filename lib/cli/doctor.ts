import type { Command } from 'commander'
import { examineDatabase } from '@/lib/server/doctor'
import { CommandFailed, print, withDatabase } from './run'

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look through the whole database: file, schema, audit, replay, schedules and scores')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const examined = await withDatabase('existing', (_ctx, connection) => examineDatabase(connection))
      const sound = examined.every(({ findings }) => findings.length === 0)
      const lines = examined.map(
        ({ check, findings }) => `${check}: ${findings.length === 0 ? 'sound' : 'NOT SOUND'}`,
      )
      print(options.json, { sound, checks: examined }, lines)
      if (!sound)
        throw new CommandFailed(examined.flatMap(one => one.findings.map(text => `${one.check}: ${text}`)))
    })
}
