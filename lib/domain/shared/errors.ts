/**
 * The one catalogue of expected failures. Each says what was wrong, with the value, and what to do.
 * A failure that is not here is a defect and throws.
 */

/** One wrong value in a form or file. `field` is the name of the control or column. */
export interface FieldError {
  readonly field: string
  readonly value: string
  readonly text: string
}

/** One wrong cell of an imported file; rows count from 1, the header being row 1. */
export interface CellError {
  readonly row: number
  readonly column: string | null
  readonly value: string
  readonly text: string
}

/** A field that two people changed: what was sent and what is stored now. */
export interface ConflictingField {
  readonly field: string
  /** What the field is called on the page; default: `field`. */
  readonly label?: string
  readonly yours: string
  readonly stored: string
}

/** A soft check that wants an answer. */
export interface Question {
  readonly code: string
  readonly fields: readonly string[]
  readonly text: string
}

export type AppError =
  | { readonly code: 'notFound'; readonly what: string }
  | { readonly code: 'notSignedIn' }
  | { readonly code: 'notAllowed'; readonly act: string }
  | { readonly code: 'foreignOrigin' }
  | { readonly code: 'invalidInput'; readonly fields: readonly FieldError[] }
  | { readonly code: 'unanswered'; readonly questions: readonly Question[] }
  | { readonly code: 'reasonRequired'; readonly fields: readonly string[] }
  | {
      readonly code: 'conflict'
      readonly fields: readonly ConflictingField[]
      readonly storedVersion: number
      /** Where one page saves several records: stored version of each, by the name that the page has for it. */
      readonly storedVersions?: Readonly<Record<string, number>>
      readonly changedBy: string
      readonly changedAt: string
    }
  | { readonly code: 'locked'; readonly what: string; readonly since: string; readonly reason: string }
  | { readonly code: 'voided'; readonly what: string; readonly reason: string }
  | {
      readonly code: 'alreadyExists'
      readonly what: string
      readonly value: string
      readonly advice?: string
    }
  | { readonly code: 'sameMoment' }
  | { readonly code: 'sentBefore' }
  | { readonly code: 'protocolChanged' }
  | { readonly code: 'fileRefused'; readonly cells: readonly CellError[]; readonly more: number }
  | {
      readonly code: 'protocolRefused'
      readonly problems: readonly { path: string; value: string; text: string }[]
    }
  | { readonly code: 'notPossible'; readonly text: string }
  | { readonly code: 'linkUnusable' }
  | { readonly code: 'busy' }
  /** The browser's own: no answer came. */
  | { readonly code: 'notReached' }
  /** A defect, or what nobody foresaw; the log has it under the request. `read`: nothing was to be saved. */
  | { readonly code: 'unexpected'; readonly requestId: string; readonly act?: 'read' }
  | { readonly code: 'notSaved'; readonly cause: 'diskFull' | 'readOnly' | 'damaged' | 'unknown' }

export type ErrorCode = AppError['code']

const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  notFound: 404,
  notSignedIn: 401,
  notAllowed: 403,
  foreignOrigin: 403,
  invalidInput: 422,
  unanswered: 422,
  reasonRequired: 422,
  conflict: 409,
  locked: 423,
  voided: 409,
  alreadyExists: 409,
  sameMoment: 409,
  sentBefore: 409,
  protocolChanged: 409,
  fileRefused: 422,
  protocolRefused: 422,
  notPossible: 422,
  linkUnusable: 410,
  busy: 503,
  notReached: 503,
  unexpected: 500,
  notSaved: 500,
}

/** HTTP status of an expected failure. Example: `httpStatusOf({ code: 'busy' })` → 503. */
export function httpStatusOf(error: AppError): number {
  return HTTP_STATUS[error.code]
}

/** The text for the person: what was wrong and what to do. Field errors stand beside their fields. */
export function describeError(error: AppError): string {
  switch (error.code) {
    case 'notFound':
      return `${error.what} was not found, or is not yours to see.`
    case 'notSignedIn':
      return 'You are signed out. Sign in again; what you typed is still in the form.'
    case 'notAllowed':
      return `Your role does not allow this: ${error.act}. Ask an administrator if it should.`
    case 'foreignOrigin':
      return 'The request did not come from this site and was refused. Open the page again and repeat it there.'
    case 'invalidInput':
      return error.fields.length === 1
        ? 'Not saved. One field needs correcting.'
        : `Not saved. ${error.fields.length} fields need correcting.`
    case 'unanswered':
      return 'Not saved yet. Please look at the marked values and confirm or correct them.'
    case 'reasonRequired':
      return 'Not saved. A stored value changes, so a reason is needed.'
    case 'conflict':
      return `Not saved. ${error.changedBy} changed this record after you opened it. Choose a value for each field below.`
    case 'locked':
      return `Not saved. ${error.what} is locked: ${error.reason}`
    case 'voided':
      return `Not saved. ${error.what} was voided: ${error.reason}`
    case 'alreadyExists':
      return `Not saved. ${error.what} ${error.value} exists already. ${error.advice ?? 'Choose another.'}`
    case 'sameMoment':
      return 'Not saved. Somebody saved the same record at the same moment. Open the page again and compare.'
    case 'sentBefore':
      return 'Nothing was saved now. This form was saved before, and the record was changed since. Open the page again to see what is stored.'
    case 'protocolChanged':
      return 'Not saved. The protocol was changed while you saved. Open the page again.'
    case 'fileRefused':
      return `Nothing was imported. ${error.cells.length + error.more} cells need correcting.`
    case 'protocolRefused':
      return `The protocol was not applied. ${error.problems.length} entries need correcting.`
    case 'notPossible':
      return error.text
    case 'linkUnusable':
      return 'This link was used already or is too old. Ask an administrator for a new one.'
    case 'busy':
      return 'Not saved: an import is running. Try again in a minute; what you typed is still here.'
    case 'notReached':
      return 'Not known whether it was saved: the server could not be reached. What you typed is still here; send it again. It is stored once.'
    case 'unexpected':
      if (error.act === 'read')
        return `This could not be shown: something went wrong on the server (request ${error.requestId}). Try again. If that does not help, tell the person who runs the server this number.`
      return `Not known whether it was saved: something went wrong on the server (request ${error.requestId}). What you typed is still here; send it again. It is stored once. If that does not help, tell the person who runs the server this number.`
    case 'notSaved':
      return `Not saved: the database ${NOT_SAVED[error.cause]}. What you typed is still here; tell the person who runs the server.`
  }
}

const NOT_SAVED = {
  diskFull: 'has no room left on its disk',
  readOnly: 'cannot be written to',
  damaged: 'is damaged',
  unknown: 'did not accept the change',
} as const
