'use server'

import { AddEventNote, CorrectEventReport, ReportEvent, VoidEventReport } from '@/lib/schemas/event-reports'
import { action } from '@/lib/server/action'
import {
  addEventNote as addNote,
  correctEventReport as correct,
  reportEvent as report,
  type SavedEventReport,
  voidEventReport as takeOff,
} from '@/lib/server/event-reports'

const pageOf = (study: string, { number, entry, restricted }: SavedEventReport) => {
  const participant = `/studies/${study}/participants/${encodeURIComponent(number)}`
  return restricted ? `${participant}/reports` : `${participant}/logs/adverse-events/${entry}#reports`
}

export const reportEvent = action(ReportEvent, report, (saved, { study }) => pageOf(study, saved))
export const addEventNote = action(AddEventNote, addNote, (saved, { study }) => pageOf(study, saved))
export const correctEventReport = action(CorrectEventReport, correct, (saved, { study }) =>
  pageOf(study, saved),
)
export const voidEventReport = action(VoidEventReport, takeOff, (saved, { study }) => pageOf(study, saved))
