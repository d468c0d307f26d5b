'use server'

import { CorrectAllocation, CorrectRegistration } from '@/lib/schemas/corrections'
import {
  LinkDuplicate,
  MoveDose,
  MoveForm,
  MoveVisit,
  VoidForm,
  VoidParticipant,
  VoidVisit,
} from '@/lib/schemas/mending'
import { AddUnscheduledVisit } from '@/lib/schemas/unscheduled-visits'
import { action } from '@/lib/server/action'
import * as allocation from '@/lib/server/mending/correct-allocation'
import * as registration from '@/lib/server/mending/correct-registration'
import * as duplicates from '@/lib/server/mending/duplicates'
import * as moveDoseCase from '@/lib/server/mending/move-dose'
import * as moveFormCase from '@/lib/server/mending/move-form'
import * as moveVisitCase from '@/lib/server/mending/move-visit'
import * as voidCase from '@/lib/server/mending/void-entries'
import * as unscheduled from '@/lib/server/unscheduled-visits'

interface About {
  readonly study: string
}

const listOf = ({ study }: About) => `/studies/${encodeURIComponent(study)}/participants`
const pageOf = ({ number }: { readonly number: string }, about: About) =>
  `${listOf(about)}/${encodeURIComponent(number)}`
const visitOf = (at: { readonly number: string; readonly visit: string }, about: About) =>
  `${pageOf(at, about)}/visits/${encodeURIComponent(at.visit)}`

interface MovedFrom extends About {
  readonly number: string
  readonly visit?: string
}
/** The page that follows says what was done; it is told by codes, and makes the text. */
const toldBy = (mended: 'moved' | 'exchanged' | 'formMoved' | 'doseMoved', { number, visit }: MovedFrom) =>
  `?${new URLSearchParams({ mended, from: number, ...(visit !== undefined && { fromVisit: visit }) })}`

export const moveVisit = action(
  MoveVisit,
  moveVisitCase.moveVisit,
  (at, about) => visitOf(at, about) + toldBy(about.exchange ? 'exchanged' : 'moved', about),
)
export const moveForm = action(
  MoveForm,
  moveFormCase.moveForm,
  (at, about) => visitOf(at, about) + toldBy('formMoved', about),
)
export const moveDose = action(
  MoveDose,
  moveDoseCase.moveDose,
  (at, about) => `${pageOf(at, about)}/doses/${at.dose}${toldBy('doseMoved', about)}`,
)
export const voidVisit = action(VoidVisit, voidCase.voidVisit, pageOf)
export const voidForm = action(VoidForm, voidCase.voidForm, visitOf)
export const correctRegistration = action(CorrectRegistration, registration.correctRegistration, pageOf)
export const correctAllocation = action(CorrectAllocation, allocation.correctAllocation, pageOf)
export const linkDuplicate = action(LinkDuplicate, duplicates.linkDuplicate, pageOf)
export const voidParticipant = action(VoidParticipant, duplicates.voidParticipant, (_, about) =>
  listOf(about),
)
export const addUnscheduledVisit = action(AddUnscheduledVisit, unscheduled.addUnscheduledVisit, visitOf)
