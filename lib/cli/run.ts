import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import type { Connection } from '@/db/client'
import { type AppError, describeError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { type Ctx, operatorContext } from '@/lib/server/context'
import { openExistingDatabase, openOrSetUpDatabase } from '@/lib/server/database'
import { databaseFile } from '@/lib/server/env'

/** Ends a command with its texts on stderr, one per line. 1: refused, or what was compared differs; 2: wrong usage. */
export class CommandFailed extends Error {
  override name = 'CommandFailed'
  constructor(
    readonly lines: readonly string[],
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(lines.join('\n'))
  }
}

/**
 * Carries out a command as the operator. `existing`: the database must be there and of this version; `setUp`: one that
 * is not there is made first.
 */
export async function withDatabase<T>(
  which: 'existing' | 'setUp',
  work: (ctx: Ctx, connection: Connection) => T | Promise<T>,
): Promise<T> {
  const connection = (which === 'setUp' ? openOrSetUpDatabase : openExistingDatabase)(databaseFile())
  try {
    return await work(operatorContext(connection.db), connection)
  } finally {
    connection.close()
  }
}

/** The value, or the command ends with the error's texts. */
export function unwrap<T>(result: Result<T, AppError>): T {
  if (result.ok) return result.value
  throw new CommandFailed(linesOf(result.error))
}

const NO_STUDY = 'There is no study of this code in the database. Check the code.'

function linesOf(error: AppError): string[] {
  switch (error.code) {
    case 'notFound':
      // On a screen a study that is not there is a page that is not found; here it is a code that was typed.
      return [error.what === 'The page' ? NO_STUDY : describeError(error)]
    case 'invalidInput':
      return error.fields.map(({ field, value, text }) => `${field}${value ? ` "${value}"` : ''}: ${text}`)
    case 'protocolRefused':
      return error.problems.map(
        ({ path, value, text }) => `${path || 'file'}${value ? ` "${value}"` : ''}: ${text}`,
      )
    case 'fileRefused':
      return [
        ...error.cells.map(({ row, column, value, text }) =>
          [`row ${row}`, column === null ? '' : `column ${column}`, value === '' ? '' : `"${value}"`]
            .filter(Boolean)
            .join(', ')
            .concat(`: ${text}`),
        ),
        ...(error.more > 0 ? [`${error.more} more cells need correcting`] : []),
      ]
    default:
      return [describeError(error)]
  }
}

/** Options as the use case takes them; what does not fit is wrong usage. */
export function parseOptions<S extends z.ZodType>(schema: S, options: unknown): z.output<S> {
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  throw new CommandFailed(
    parsed.error.issues.map(issue => `--${issue.path.join('.')}: ${issue.message}`),
    2,
  )
}

/** The text of a file given on the command line, without a byte order mark. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new CommandFailed([
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
}

export function readJsonFile(file: string): unknown {
  const text = readTextFile(file)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new CommandFailed([
      `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
}

/** One JSON document, or the lines for a person. */
export function print(asJson: boolean | undefined, document: unknown, lines: readonly string[]): void {
  const text = asJson ? JSON.stringify(document, null, 2) : lines.join('\n')
  if (text !== '') process.stdout.write(`${text}\n`)
}
