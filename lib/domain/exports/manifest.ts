import type { Flavour } from '@/lib/domain/exports/csv'
import type { RuleInForce } from '@/lib/domain/instruments/settings-in-force'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** Name of the file that says what an export is and lets every other file be checked. */
export const MANIFEST_FILE = 'manifest.json'

/** One file of an export. `rows`: without the header; `sha256`: of its bytes, in lower-case hexadecimal. */
export interface ManifestFile {
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

export interface Manifest {
  readonly study: string
  readonly title: string
  /** True: the participants are made up. */
  readonly synthetic: boolean
  readonly dataCut: CalendarDate
  /** Last entry of the study's audit chain that the values follow from; 0: none. */
  readonly asOf: number
  readonly protocolVersion: string
  readonly softwareVersion: string
  /** Scoring rules and the rule of rescue with their versions, and the settings in force, defaults included. */
  readonly rules: readonly RuleInForce[]
  readonly flavour: Flavour
  readonly arms: 'shown' | 'withheld'
  /** `all`, or the codes of the sites that the reader may see. */
  readonly sites: 'all' | readonly string[]
  /** Head of the study's audit chain, in the shape that `longitude audit verify --anchor` reads. */
  readonly heads: readonly { readonly chain: string; readonly seq: number; readonly hash: string }[]
  readonly files: readonly ManifestFile[]
}

/**
 * The manifest as text. It holds no time of day: the same data cut, as-of and software give the same bytes.
 * Source: interfaces.md. Example: begins with `{` and `"study": "ADMSC"`.
 */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/**
 * The name of an export's folder, which says so when the data are made up.
 * Example: `nameExportFolder(…)` → `ADMSC_2026-04-16_entry-812_SYNTHETIC`.
 */
export function nameExportFolder(
  manifest: Pick<Manifest, 'study' | 'dataCut' | 'asOf' | 'synthetic'>,
): string {
  const name = `${manifest.study}_${manifest.dataCut}_entry-${manifest.asOf}`
  return manifest.synthetic ? `${name}_SYNTHETIC` : name
}
