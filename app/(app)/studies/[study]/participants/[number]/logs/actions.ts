'use server'

import { MoveLogEntry, SaveLogEntry, VoidLogEntry } from '@/lib/schemas/logs'
import { action } from '@/lib/server/action'
import { saveLogEntry as save } from '@/lib/server/logs'
import { moveLogEntry as move, voidLogEntry as takeOut } from '@/lib/server/logs-mend'

const pageOf = (study: string, saved: { readonly number: string; readonly log: string }) =>
  `/studies/${study}/participants/${encodeURIComponent(saved.number)}/logs/${saved.log}`

export const saveLogEntry = action(SaveLogEntry, save, (saved, { study, goTo }) =>
  goTo === 'another' ? `${pageOf(study, saved)}/new` : pageOf(study, saved),
)
export const voidLogEntry = action(VoidLogEntry, takeOut, (saved, { study }) => pageOf(study, saved))
export const moveLogEntry = action(MoveLogEntry, move, (saved, { study }) => pageOf(study, saved))
