/** What pages are given of medication and interventions: made by lib/server, drawn by app. */

/** What follows from a participant's medication and interventions; nothing of it is typed. */
export interface MedicationFacts {
  /** Analgesic use at each visit that has a value, against baseline. */
  readonly analgesics: readonly { readonly visit: string; readonly texts: readonly string[] }[]
  /** Every intervention, in the order of entry, and whether it is a rescue. */
  readonly interventions: readonly { readonly text: string; readonly rescue: string }[]
}
