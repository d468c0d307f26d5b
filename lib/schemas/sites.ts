import { z } from 'zod'
import { isTimeZone } from '@/lib/domain/shared/calendar-date'

export const AddSite = z.object({
  study: z.string().trim().min(1, 'Name the study by its code.'),
  code: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9._-]{1,16}$/,
      'Use 1 to 16 letters, digits, dots, dashes or underscores, for example MEL.',
    ),
  name: z.string().trim().min(1, 'Write the name of the site.').max(200, 'Use at most 200 characters.'),
  /** IANA name; left out: the zone of the study. */
  timeZone: z
    .string()
    .trim()
    .transform(text => (text === '' ? null : text))
    .nullish()
    .transform(zone => zone ?? null)
    .refine(zone => zone === null || isTimeZone(zone), 'Write a time zone, for example Australia/Melbourne.'),
})
export type AddSite = z.output<typeof AddSite>
