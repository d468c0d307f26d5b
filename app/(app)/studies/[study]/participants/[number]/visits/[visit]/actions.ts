'use server'

import { MissedVisit, SaveVisit, TakeBackMissed } from '@/lib/schemas/visits'
import { action } from '@/lib/server/action'
import * as missed from '@/lib/server/missed-visits'
import * as visits from '@/lib/server/visits'

interface Address {
  readonly study: string
  readonly number: string
  readonly visit: string
  /** The site that the worklist was limited to; `''`: none. */
  readonly site?: string
}

/** What was saved is named in the address, so that the page that follows can say so. */
const listAfter = ({ study, number, visit, site }: Address) =>
  `/studies/${encodeURIComponent(study)}/worklist?${new URLSearchParams({ saved: `${number} ${visit}`, ...(site && { site }) })}`

const nextAfter = ({ study, number, visit, site }: Address) =>
  `/studies/${encodeURIComponent(study)}/worklist/next?${new URLSearchParams({ number, visit, ...(site && { site }) })}`

export const saveVisit = action(SaveVisit, visits.saveVisit, (_, input) =>
  input.more !== null
    ? moreAfter(input, input.more)
    : input.goTo === 'next'
      ? nextAfter(input)
      : listAfter(input),
)

export const declareVisitMissed = action(MissedVisit, missed.declareVisitMissed, (_, input) =>
  listAfter(input),
)

export const undoVisitMissed = action(TakeBackMissed, missed.undoVisitMissed, (_, input) => pageOf(input))

/** The same visit, with another form of that key. */
const moreAfter = (input: Address, more: string) =>
  `${pageOf(input)}?${new URLSearchParams({ more, ...(input.site && { site: input.site }) })}`

const pageOf = ({ study, number, visit }: Address) =>
  `/studies/${encodeURIComponent(study)}/participants/${encodeURIComponent(number)}/visits/${encodeURIComponent(visit)}`
