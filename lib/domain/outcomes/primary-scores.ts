import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'

/**
 * The scores of one participant and parameter that results by visit use, where an instrument was repeated by
 * location or laterality (two discs): one place throughout, so that a change compares like with like. It is the
 * place scored at most visits; among equals the one without location, then the first by name.
 * Rows of unscheduled visits enter no result by visit and are left out (clinical.md §3, which record counts).
 * Rows of one place come back in order of repeat. Source: clinical.md §6 (one or two discs), protocols/README.md.
 * Example: rows at L4/5 at two visits and at L5/S1 at one → the rows at L4/5.
 */
export function derivePrimaryScores(all: readonly CohortScore[]): readonly CohortScore[] {
  const isMixed = all.some(row => isUnscheduledCode(row.visit))
  const rows = isMixed ? all.filter(row => !isUnscheduledCode(row.visit)) : all
  return choosePlace(rows)
}

function choosePlace(rows: readonly CohortScore[]): readonly CohortScore[] {
  if (rows.every(row => row.location === null && row.laterality === null)) return inOrderOfRepeat(rows)
  const places = new Map<string, CohortScore[]>()
  for (const row of rows) {
    const place = `${row.location ?? ''}\u0000${row.laterality ?? ''}`
    const known = places.get(place)
    if (known) known.push(row)
    else places.set(place, [row])
  }
  const visitsOf = (place: readonly CohortScore[]) => new Set(place.map(row => row.visit)).size
  const [primary] = [...places].sort(
    ([nameA, a], [nameB, b]) => visitsOf(b) - visitsOf(a) || (nameA < nameB ? -1 : 1),
  )
  return inOrderOfRepeat(primary?.[1] ?? [])
}

const NONE: readonly CohortScore[] = []

/**
 * The dated values of unscheduled visits at the place of the results by visit, earliest first: they enter LOCF, time to
 * event and safety, never a result by visit. Missing rule: what has no value or no date, or is of another place, is left
 * out, since it cannot be ordered or compared. Where nothing was scored by visit, the place is chosen among these.
 * Source: clinical.md §3, which record counts. Example: UNS-1 of 1 May with value 4 → that row.
 *
 * @param primary what `derivePrimaryScores` made of the same rows
 */
export function deriveUnscheduledScores(
  all: readonly CohortScore[],
  primary: readonly CohortScore[],
): readonly CohortScore[] {
  if (primary.length === all.length) return NONE
  const rows = all.filter(row => isUnscheduledCode(row.visit) && row.value !== null && row.date !== null)
  if (rows.length === 0) return NONE
  const [first] = primary
  const here = first
    ? rows.filter(row => row.location === first.location && row.laterality === first.laterality)
    : choosePlace(rows)
  return here.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : a.date === b.date ? 0 : 1))
}

/**
 * The one score of a visit: of rows in order of repeat the first that has a value, else the first.
 * Example: repeat 1 not done, repeat 2 with value 4 → the row of repeat 2.
 */
export function chooseVisitScore<Row extends CohortScore>(known: Row | undefined, row: Row): Row {
  return known !== undefined && (known.value !== null || row.value === null) ? known : row
}

function inOrderOfRepeat(rows: readonly CohortScore[]): readonly CohortScore[] {
  return rows.every(row => row.repeat <= 1) ? rows : [...rows].sort((a, b) => a.repeat - b.repeat)
}
