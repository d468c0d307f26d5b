import { STUDY } from './fixtures/demo'
import { makeAccount, test } from './fixtures/test'
import { liveThroughEvents } from './whole-study/events'
import { liveUntilLastVisit } from './whole-study/leaving'
import { mendMistakes } from './whole-study/mending'
import { readRecord } from './whole-study/record'
import { liveUntilFirstDose } from './whole-study/until-first-dose'
import { liveUntilSecondDose } from './whole-study/until-second-dose'

/** Drafts are a person's own: this journey shares its coordinator with no other. */
const COORDINATOR = {
  email: 'whole.study@demo.example',
  name: 'Whole Study Coordinator',
  role: 'coordinator',
  study: STUDY,
  site: 'MEL',
} as const

test.describe
  .serial('one participant of the documented study, through the screens alone', () => {
    let number = ''

    test.beforeAll(() => makeAccount(COORDINATOR))

    test('from consent to the first dose', async ({ as }) => {
      number = await liveUntilFirstDose(await as(COORDINATOR))
    })

    test('from the first week to the second dose', async ({ as }) => {
      await liveUntilSecondDose(await as(COORDINATOR), number)
    })

    test('a serious event with its clock, and a rescue', async ({ as }) => {
      const team = {
        coordinator: await as(COORDINATOR),
        investigator: await as('investigator'),
        dataManager: await as('dataManager'),
      }
      await liveThroughEvents(team, number)
    })

    test('mistakes are mended', async ({ as }) => {
      await mendMistakes(await as(COORDINATOR), number)
    })

    test('from twelve months out of follow-up and back to month 24', async ({ as }) => {
      await liveUntilLastVisit(await as(COORDINATOR), number)
    })

    test('page, files and database hold it all', async ({ as }) => {
      await readRecord(await as(COORDINATOR), number)
    })
  })
