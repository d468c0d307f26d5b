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

/** One file of an export, as the page that lists them links it: of exactly the state that the page showed. */
export const ExportDownload = z.object({
  study: z.string().min(1),
  file: z.string().max(80),
  dataCut: z.string().max(40),
  flavour: Flavour,
  entry: z.coerce.number().int().min(0),
})
export type ExportDownload = z.output<typeof ExportDownload>
