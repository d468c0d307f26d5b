import { z } from 'zod'

export const FLAVOURS = ['analysis', 'spreadsheet'] as const

const Flavour = z.enum(FLAVOURS, 'Choose analysis or spreadsheet.')

/** What a person asks of an export; an empty data cut is today in the study's zone. */
export const ExportRequest = z.object({
  study: z.string().min(1),
  dataCut: z.string().max(40).default(''),
  flavour: Flavour.default('analysis'),
})
export type ExportRequest = z.output<typeof ExportRequest>

/** Asked for in place of a file: all of them, of one moment, as one archive. */
export const ALL_FILES = 'all.zip'

/** One file of an export, or all, as the page that lists them links it. */
export const ExportDownload = z.object({
  study: z.string().min(1),
  file: z.string().max(80),
  dataCut: z.string().max(40),
  flavour: Flavour,
})
export type ExportDownload = z.output<typeof ExportDownload>
