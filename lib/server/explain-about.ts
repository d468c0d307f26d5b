import { loadPopulation } from '@/db/queries/cohort-population'
import { loadSafety } from '@/db/queries/cohort-safety'
import { listSites } from '@/db/queries/studies'
import { explainEvents } from '@/lib/domain/explain/explain-events'
import { explainPeople } from '@/lib/domain/explain/explain-people'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { type PreparedCohort, prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import type { PooledReason } from '@/lib/domain/outcomes/small-groups'
import { deriveViewInForce } from '@/lib/domain/outcomes/view-in-force'
import { deriveScreenedPeople } from '@/lib/domain/population/screened-people'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type {
  AboutAsked,
  AboutPage,
  ExplainedEvents,
  ExplainedPeople,
  ToldEventsPerson,
  ToldPerson,
} from '@/lib/schemas/explain-about'
import { findUnknownSubgroup } from '@/lib/schemas/offered-controls'
import { type KnownState, withStateAsOf } from './as-of'
import { concealOtherSites, recordLook } from './cohort'
import { type CohortMoment, readCohortFacts } from './cohort-facts'
import type { Ctx } from './context'
import { readDataCut } from './data-cut'
import { type Replay, readPrepared } from './prepared-states'
import { SOFTWARE_VERSION } from './software-version'
import { type OpenStudy, openStudy } from './studies'

/** As `explainAbout`, on a server: states of knowledge that are past are replayed in another thread. */
export function explainAboutPrepared(
  ctx: Ctx,
  code: string,
  asked: AboutAsked,
  replay?: Replay,
): Promise<Result<AboutPage, AppError>> {
  const entries = [asked.controls.asOf ?? undefined]
  return readPrepared(ctx, { study: code, entries }, () => explainAbout(ctx, code, asked), replay)
}

/**
 * Everybody screened, or the safety set with its adverse events, as the flow and the overview of the cohort page count
 * them. Participants are named only where they are there, those of other sites by a made-up label and without days;
 * a look by arm is recorded as on the page.
 */
export function explainAbout(ctx: Ctx, code: string, asked: AboutAsked): Result<AboutPage, AppError> {
  const opened = openStudy(ctx, code, 'readCohort')
  if (!opened.ok) return opened
  const { study } = opened.value
  const { controls, subject } = asked
  const today = calendarDateIn(study.timeZone, ctx.now)
  const dataCut = readDataCut(controls.dataCut ?? undefined, today)
  if (!dataCut.ok) return dataCut
  const read = withStateAsOf(ctx.db, study, controls.asOf ?? undefined, known =>
    explainState(ctx, opened.value, known, asked, { dataCut: dataCut.value, today }),
  )
  if (!read.ok) return read
  const { open, cohort, known, protocol, armsReason, explained } = read.value
  const fields = findUnknownSubgroup(controls.view, cohort.subgroups)
  if (fields.length > 0) return err({ code: 'invalidInput', fields })
  const looked = recordLook(ctx, open, {
    ...{ what: 'explanation', ...subject, dataCut: dataCut.value, asOf: known.asOf },
  })
  if (!looked.ok) return looked
  return ok({
    study: study.code,
    synthetic: study.synthetic,
    lockedAt: study.lockedAt,
    dataCut: dataCut.value,
    asOf: known.asOf,
    version: known.protocolVersion,
    softwareVersion: SOFTWARE_VERSION,
    protocol,
    view: deriveViewInForce(cohort),
    ...(armsReason ? { armsReason } : {}),
    opensParticipants: openStudy(ctx, code, 'readParticipants').ok,
    explained,
  })
}

interface State {
  readonly open: OpenStudy
  readonly cohort: PreparedCohort
  readonly known: Pick<KnownState, 'asOf' | 'protocolVersion'>
  readonly protocol: Protocol
  readonly armsReason: PooledReason | undefined
  readonly explained: ExplainedPeople | ExplainedEvents
}

function explainState(
  ctx: Ctx,
  opened: OpenStudy,
  known: KnownState,
  { subject, controls }: AboutAsked,
  moment: CohortMoment,
): State {
  const { study, sites } = opened
  const { dataCut } = moment
  const own = sites === 'all' ? 'all' : listSites(ctx.db, study.id, sites).map(site => site.code)
  const { open, protocol, data, armsReason } = readCohortFacts(ctx, opened, known, moment)
  const cohort = prepareCohort({
    ...{ protocol, parameters: deriveReportedParameters(protocol, findInstrument), dataCut },
    data: concealOtherSites(data, own),
    masking: open.view,
    view: controls.view,
    restrictedSince: known.restrictedSince,
  })
  const scope = { studyId: study.id, protocol: known.protocol, view: open.view }
  const { asOf, protocolVersion } = known
  const state = { open, cohort, protocol, armsReason, known: { asOf, protocolVersion } }
  if (subject.about === 'events') {
    const safety = loadSafety(known.db, scope)
    const { people, ...rest } = explainEvents(cohort, protocol, safety, { dataCut, class: subject.class })
    const told = cohort.namesParticipants ? people.map(concealEvents) : null
    return { ...state, explained: { about: 'events', ...rest, people: told } }
  }
  const population = loadPopulation(known.db, { ...scope, dataCut, sites: own })
  const screened = deriveScreenedPeople(population)
  const { people, ...rest } = explainPeople(cohort, protocol, screened, population.noFurtherUse)
  const told = cohort.namesParticipants ? people.map(concealPerson) : null
  return { ...state, explained: { about: 'participants', ...rest, people: told } }
}

/** Who works at another site stands under a made-up label, which has a space; by days they could be found. */
const isOfOtherSite = ({ subject }: { readonly subject: string }) => subject.includes(' ')

function concealPerson(person: Omit<ToldPerson, 'concealed'>): ToldPerson {
  if (!isOfOtherSite(person)) return { ...person, concealed: false }
  const { followUpEnd, doses } = person
  return {
    ...person,
    concealed: true,
    enrolledOn: null,
    dayZero: null,
    doses: doses.map(() => null),
    followUpEnd: followUpEnd && { ...followUpEnd, date: null },
  }
}

function concealEvents(person: Omit<ToldEventsPerson, 'concealed'>): ToldEventsPerson {
  if (!isOfOtherSite(person)) return { ...person, concealed: false }
  return { ...person, concealed: true, events: person.events.map(event => ({ ...event, onset: null })) }
}
