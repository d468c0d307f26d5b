import { findChainHead } from '@/db/queries/exports'
import { listAllLogEntries } from '@/db/queries/logs'
import { listTreatments } from '@/db/queries/treatments'
import { listVisits } from '@/db/queries/visits'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import { listProtocolParameters } from '@/lib/domain/instruments/registry'
import { textOf } from '@/lib/domain/logs/answer-values'
import { readDepartures } from '@/lib/domain/logs/departures'
import type { LogCode } from '@/lib/domain/logs/log'
import { readMedication } from '@/lib/domain/medication/medication'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { spanOf } from '@/lib/domain/shared/partial-date'
import { ok, type Result } from '@/lib/domain/shared/result'
import { formatAge } from '@/lib/domain/story/deidentify'
import { deriveStory } from '@/lib/domain/story/derive-story'
import type { Story } from '@/lib/domain/story/story'
import type { Ctx } from './context'
import { readDayZero } from './day-zero'
import { listHiddenForms } from './double-entry-forms'
import { type OpenParticipant, openParticipant } from './participants'
import { listSeenScores } from './seen-scores'
import { SOFTWARE_VERSION } from './software-version'
import { inTransaction } from './transaction'

/** One participant's story with what a page or file has to say of its making. */
export interface StoryView {
  readonly study: string
  readonly synthetic: boolean
  /** Null: day zero is not known yet, so that nothing has a place in time. */
  readonly story: Story | null
  /** Doses are called by their order, since the reader may not know the arm. */
  readonly dosesUnnamed: boolean
  /** Forms left out, since this person may make their second entry. */
  readonly hiddenForms: number
  /** Entry of the study's audit that the values are of. */
  readonly asOf: number
  readonly version: string
  readonly softwareVersion: string
}

/** A take-away of a story: what went out, for the audit. */
export interface StoryCopy {
  readonly format: 'csv' | 'svg' | 'png'
  readonly asOf: number
  readonly sha256: string
}

/** The story of one participant, without what could name the person. Who asked for no further use has none. */
export function readStory(ctx: Ctx, code: string, number: string): Result<StoryView, AppError> {
  const opened = openParticipant(ctx, code, number, 'readParticipants')
  if (!opened.ok) return opened
  const { study, view, protocol, protocolVersion } = opened.value
  return ok({
    study: study.code,
    synthetic: study.synthetic,
    story: tellStory(ctx, opened.value),
    dosesUnnamed: protocol.arms.length > 1 && !view.participantArms,
    hiddenForms: listHiddenForms(ctx, opened.value).length,
    asOf: findChainHead(ctx.db, studyChain(study.code))?.seq ?? 0,
    version: protocolVersion,
    softwareVersion: SOFTWARE_VERSION,
  })
}

function tellStory(ctx: Ctx, opened: OpenParticipant): Story | null {
  const { participant, protocol, view } = opened
  const dayZero = readDayZero(ctx.db, participant, protocol)
  if (dayZero === null || dayZero.planned) return null
  const doses = listTreatments(ctx.db, [participant.id])
  const given = doses.map(dose => dose.plan)
  const entries = listAllLogEntries(ctx.db, participant.id)
  const of = (log: LogCode) => entries.filter(entry => entry.log === log).map(({ answers }) => answers)
  const parameters = listProtocolParameters(protocol).map(parameter => parameter.code)
  const death = readDepartures(of('departures')).find(({ kind }) => kind === 'death')
  return deriveStory({
    protocol,
    person: {
      age: participant.ageAtConsent === null ? null : formatAge(participant.ageAtConsent),
      sex: participant.sex,
      diagnosis: participant.diagnosis,
    },
    dayZero: dayZero.date,
    doses: doses.map(({ plan, givenOn }) => ({ name: nameDose(protocol, view, plan, given), date: givenOn })),
    harvests: of('harvests').map(answers => textOf(answers, 'HARVEST_DATE') as CalendarDate | null),
    visits: listVisits(ctx.db, participant.id)
      .filter(visit => visit.missedReason === null)
      .map(visit => ({ code: visit.code, date: visit.visitDate })),
    scores: listSeenScores(ctx, opened, parameters),
    events: of('adverseEvents'),
    interventions: of('interventions'),
    medications: of('medications').map(readMedication),
    death: death ? spanOf(death.date).last : null,
  })
}

/** Records that a story left the product. The act names the participant; the file does not. */
export function recordStoryCopy(
  ctx: Ctx,
  about: { readonly study: string; readonly number: string },
  copy: StoryCopy,
): Result<null, AppError> {
  const opened = openParticipant(ctx, about.study, about.number, 'readParticipants')
  if (!opened.ok) return opened
  const { study, participant, write } = opened.value
  return inTransaction(ctx, tx => {
    const details = { what: 'story', study: study.code, ...copy }
    recordAct(tx, write, { chain: 'system', subject: participant.number }, 'export', details)
    return ok(null)
  })
}
