import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { DatabaseUnfit } from '@/db/client'
import admsc from '@/db/demo/admsc.json' with { type: 'json' }
import { type CalendarDate, calendarDateIn, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import { now } from '@/lib/server/clock'
import type { DemoAccount } from '@/lib/server/demo-accounts'
import { demoDatabaseFile, demoPassword, port, setEnvironment } from '@/lib/server/env'
import { buildWhenChanged } from './build'
import { claimPort } from './claim-port'
import { prepareDemoDatabase } from './demo-database'
import { CommandFailed } from './run'
import { serve } from './serve'

const PASSWORD_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const PASSWORD_GROUPS = 4
const GROUP_LENGTH = 4

async function run(): Promise<number> {
  const file = demoDatabaseFile()
  const reference = readReference(file)
  setEnvironment('DATABASE_FILE', file)
  const free = await claimPort(port())
  buildWhenChanged()
  const given = demoPassword()
  const accounts = await prepareDemoDatabase(file, reference, given ? () => given : makePassword)
  return serve({ port: free, ready: () => console.log(formatWelcome(free, file, accounts)) })
}

/** The day that counts as today for the clinical dates of a new demonstration. */
function readReference(file: string): CalendarDate {
  const options = { 'reference-date': { type: 'string' } } as const
  const typed = readOptions(options)
  const today = calendarDateIn(admsc.study.timeZone, now())
  if (typed === undefined) return today
  const reference = parseCalendarDate(typed)
  if (!reference || reference > today) {
    throw new CommandFailed(
      [`--reference-date "${typed}" must be a day not after today, written 2026-04-16`],
      2,
    )
  }
  if (existsSync(file)) {
    throw new CommandFailed([
      `${file} is there already with its own dates. Remove it first, or leave --reference-date out.`,
    ])
  }
  return reference
}

function readOptions(options: { readonly 'reference-date': { readonly type: 'string' } }) {
  try {
    return parseArgs({ options }).values['reference-date']
  } catch (error) {
    throw new CommandFailed([error instanceof Error ? error.message : String(error)], 2)
  }
}

function makePassword(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => PASSWORD_LETTERS[randomInt(PASSWORD_LETTERS.length)]).join('')
  return Array.from({ length: PASSWORD_GROUPS }, group).join('-')
}

function formatWelcome(servedPort: number, file: string, accounts: readonly DemoAccount[]): string {
  const width = Math.max(...accounts.map(({ email }) => email.length))
  return [
    '',
    `Longitude demonstration: http://localhost:${servedPort}`,
    'Synthetic participants. Sign in with one of:',
    '',
    ...accounts.map(({ email, password }) => `  ${email.padEnd(width)}  ${password}`),
    '',
    `Database: ${file}. Ctrl+C stops it.`,
  ].join('\n')
}

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof CommandFailed || error instanceof DatabaseUnfit)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error instanceof CommandFailed ? error.exitCode : 1
}
