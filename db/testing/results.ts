import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'

/** The value of what has to have been accepted. */
export function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** The error of what has to have been refused. */
export function refused(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.value)}`)
  return result.error
}

/** The fields that a refusal names, or its code where it names none. */
export function wrongFields(result: Result<unknown, AppError>): string[] {
  const error = refused(result)
  return error.code === 'invalidInput' ? error.fields.map(field => field.field) : [error.code]
}
