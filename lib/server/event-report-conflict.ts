import { WriteRefused } from '@/db/write-guards'
import { describeSiteTime } from './event-times'

const LABELS: Readonly<Record<string, string>> = {
  awareAt: 'Awareness',
  note: 'Note',
  reportedAt: 'Reported to the sponsor',
  reportedBy: 'Reported by',
  reference: 'Reference',
}

/** Writes to a report; a conflict names its fields as the page does, and tells times as the site reads them. */
export function withReportLabels<T>(timeZone: string, write: () => T): T {
  try {
    return write()
  } catch (refused) {
    if (!(refused instanceof WriteRefused) || refused.error.code !== 'conflict') throw refused
    const show = (field: string, value: string) =>
      field.endsWith('At') && value !== '' ? describeSiteTime(timeZone, value) : value
    const fields = refused.error.fields.flatMap(({ field, yours, stored }) => {
      const label = LABELS[field]
      // What was confirmed of a text is told with the text.
      return label ? [{ field, label, yours: show(field, yours), stored: show(field, stored) }] : []
    })
    throw new WriteRefused({ ...refused.error, fields })
  }
}
