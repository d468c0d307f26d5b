import type { Db } from '@/db/client'
import admsc from '@/db/demo/admsc.json' with { type: 'json' }
import { DEMO_CONTACT, deriveDemoForms, deriveLaterBaseline } from '@/db/demo/answers'
import { DEMO_LATER, DEMO_NINE, DEMO_VISITS, type DemoLater, type DemoParticipant } from '@/db/demo/cohort'
import { deriveDemoReports, listToldVisits } from '@/db/demo/events'
import { deriveDemoHarvest } from '@/db/demo/harvests'
import { deriveDemoConditions, deriveDemoFollowUp } from '@/db/demo/logs'
import { deriveDemoMedication, deriveLaterMedication } from '@/db/demo/medication'
import { deriveLaterTimeline, deriveTimeline } from '@/db/demo/timeline'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { AddSite } from '@/lib/schemas/sites'
import { type Ctx, operatorContext } from '@/lib/server/context'
import { type DemoAccount, resetDemoAccounts } from '@/lib/server/demo-accounts'
import { applyProtocol } from '@/lib/server/protocols'
import { addSite } from '@/lib/server/sites'
import { openStudy } from '@/lib/server/studies'
import { listUsers } from '@/lib/server/users'
import {
  DEMO_PLACE,
  dose,
  type EventReporters,
  enter,
  keepLogs,
  miss,
  register,
  reportEvents,
  takeMedication,
} from './demo-entry'
import { unwrap } from './run'

/**
 * Makes the demonstration's study in an empty database that is marked as one: protocol, site, accounts, then every
 * participant as the coordinator would enter them. All clinical dates follow from the reference date.
 */
export async function makeDemoStudy(
  db: Db,
  reference: CalendarDate,
  makePassword: () => string,
): Promise<readonly DemoAccount[]> {
  const operator = operatorContext(db)
  unwrap(applyProtocol(operator, admsc, { synthetic: true }))
  const { study, site } = DEMO_PLACE
  const { siteId } = unwrap(addSite(operator, AddSite.parse({ study, code: site, name: 'Melbourne' })))
  const accounts = unwrap(await resetDemoAccounts(operator, DEMO_PLACE, makePassword))

  const opened = unwrap(openStudy(operator, study, 'readStudy'))
  const users = unwrap(listUsers(operator))
  const makeContext = (role: 'coordinator' | 'investigator' | 'dataManager'): MakeContext => {
    const email = accounts.find(account => account.role === role)?.email
    const person = users.find(user => user.email === email)
    if (!person) throw new Error(`the account of the ${role} was not made`)
    const place = { studyId: opened.study.id, siteId: role === 'dataManager' ? null : siteId }
    const actor: Ctx['actor'] = {
      kind: 'user',
      userId: person.id,
      name: person.name,
      memberships: [{ ...place, role }],
    }
    return () => ({ ...operatorContext(db), actor })
  }
  const people = {
    coordinator: makeContext('coordinator'),
    investigator: makeContext('investigator'),
    dataManager: makeContext('dataManager'),
  }
  for (const participant of DEMO_NINE) enterParticipant(people, opened.protocol, participant, reference)
  for (const participant of DEMO_LATER)
    enterLater(people.coordinator, opened.protocol, participant, reference)
  return accounts
}

type MakeContext = () => Ctx

function enterParticipant(
  people: EventReporters,
  protocol: Protocol,
  person: DemoParticipant,
  reference: CalendarDate,
): void {
  const context = people.coordinator
  const days = deriveTimeline(protocol, person, reference)
  const number = register(context(), protocol, person, {
    consent: days.consent,
    plannedDayZero: days.dayZero,
    excludedBy: null,
  })
  takeMedication(context, number, deriveDemoMedication(person, days))
  keepLogs(context, number, deriveDemoConditions(number, days.consent))
  const told = listToldVisits(number, days)
  for (const visit of DEMO_VISITS) {
    const forms = deriveDemoForms(person, visit, told)
    if (forms) enter(context(), { number, visit, date: days.visits[visit], forms })
    else miss(context(), { number, visit, missedReason: 'unknown' })
    if (visit === 'BL') {
      keepLogs(context, number, [deriveDemoHarvest(number, days.dayZero)])
      dose(context(), { number, plan: 'DOSE1', givenOn: days.dayZero, level: person.level })
    }
    if (visit === 'M6' && days.secondDose)
      dose(context(), { number, plan: 'DOSE2', givenOn: days.secondDose, level: person.level })
  }
  reportEvents(people, number, deriveDemoReports(number, days))
  keepLogs(context, number, deriveDemoFollowUp(number, days))
}

function enterLater(
  context: MakeContext,
  protocol: Protocol,
  person: DemoLater,
  reference: CalendarDate,
): void {
  const days = deriveLaterTimeline(person, reference)
  const { consent, plannedDayZero, baseline, dayZero, week } = days
  const number = register(context(), protocol, person, {
    consent,
    plannedDayZero,
    excludedBy: person.excludedBy,
  })
  const forms = deriveLaterBaseline(person)
  if (forms) takeMedication(context, number, deriveLaterMedication(consent))
  if (forms && baseline) enter(context(), { number, visit: 'BL', date: baseline, forms })
  if (dayZero) {
    keepLogs(context, number, [deriveDemoHarvest(number, dayZero)])
    dose(context(), { number, plan: 'DOSE1', givenOn: dayZero, level: person.level })
  }
  if (week) enter(context(), { number, visit: 'W1', date: week, forms: DEMO_CONTACT })
}
