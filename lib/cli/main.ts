import { Command, CommanderError } from 'commander'
import { DatabaseUnfit } from '@/db/client'
import { SOFTWARE_VERSION } from '@/lib/server/software-version'
import { addAuditCommands } from './audit'
import { addBackupCommands } from './backup'
import { addDoctorCommand } from './doctor'
import { addExplainCommand } from './explain'
import { addExportCommand } from './export'
import { addImportCommand } from './import'
import { CommandFailed } from './run'
import { addSiteCommands } from './site'
import { addStudyCommands } from './study'
import { addSummaryCommand } from './summary'
import { addUserCommands } from './user'

/** Every command of `npm run -s longitude -- <command>`, each in a file of its own. */
const COMMANDS = [
  addStudyCommands,
  addSiteCommands,
  addUserCommands,
  addAuditCommands,
  addBackupCommands,
  addDoctorCommand,
  addExportCommand,
  addImportCommand,
  addSummaryCommand,
  addExplainCommand,
]

function makeProgram(): Command {
  const program = new Command('longitude')
    .description(
      'Longitude at the command line. It acts with the rights of the operator, and the audit says so.',
    )
    .version(SOFTWARE_VERSION)
    .exitOverride()
  for (const add of COMMANDS) add(program)
  return program
}

function exitCodeOf(error: unknown): number {
  // Commander has written its own text: 0 after --help and --version, else wrong usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof CommandFailed) {
    process.stderr.write(error.lines.map(line => `${line}\n`).join(''))
    return error.exitCode
  }
  if (error instanceof DatabaseUnfit || isSqliteError(error)) process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

function isSqliteError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
}

try {
  await makeProgram().parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}
