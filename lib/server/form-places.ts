import type { AssessmentRow } from '@/db/queries/assessments'
import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import type { FormPlace } from '@/lib/schemas/form-key'
import type { AddableForm } from '@/lib/schemas/visit-view'
import type { VisitEntry } from './visit-entry'

/** Places that the protocol names for a form; `null`: as written; undefined: it is not told apart by place. */
export function listLocations(entry: VisitEntry, form: FormDefinition): readonly string[] | null | undefined {
  if (form.kind === 'plan') return form.plan.locations
  if (form.instrument.repeatedBy !== 'location') return undefined
  const named = entry.protocol.settings[form.instrument.code]?.locations
  return Array.isArray(named) ? named.filter(name => typeof name === 'string') : null
}

/** Whether a form may be entered at a place where none is stored yet. */
export function mayStandAt(entry: VisitEntry, form: FormDefinition, place: FormPlace): boolean {
  const { location, laterality, repeat } = place
  if (repeat > 1 && !(form.kind === 'plan' && form.plan.repeating)) return false
  if (location === '') return laterality === ''
  const locations = listLocations(entry, form)
  if (locations === undefined) return false
  return locations === null || locations.includes(location)
}

/** How another one of a form may be added; undefined where it may not. */
export function describeAddable(entry: VisitEntry, form: FormDefinition): AddableForm | undefined {
  const locations = listLocations(entry, form)
  const repeats = form.kind === 'plan' && form.plan.repeating
  const code = form.kind === 'plan' ? form.plan.code : form.instrument.code
  if (locations === undefined) return repeats ? { code, by: 'repeat', locations: null } : undefined
  return { code, by: 'location', locations }
}

type Placed = Pick<AssessmentRow, 'location' | 'laterality' | 'repeat'>

/**
 * Where a form stands on the page, in order: where it is stored; else where it was at the last visit that has it, so that
 * like is compared with like; else at the participant's own level, if it is told apart by place.
 */
export function listPlaces(
  entry: VisitEntry,
  form: FormDefinition,
  here: readonly Placed[],
  earlier: readonly Placed[],
): readonly Omit<FormPlace, 'code'>[] {
  const whole = { location: '', laterality: '' as const, repeat: 1 }
  const places = (rows: readonly Placed[]) =>
    rows.map(({ location, laterality, repeat }) => ({ location, laterality, repeat })).toSorted(compare)
  const isPlaced = listLocations(entry, form) !== undefined
  if (!isPlaced) {
    // The first of its kind is always there, to be entered.
    const stored = places(here)
    return stored.some(place => compare(place, whole) === 0) ? stored : [whole, ...stored]
  }
  if (here.length > 0) return places(here)
  const before = [
    ...new Map(
      places(earlier).map(place => [
        JSON.stringify([place.location, place.laterality]),
        { ...place, repeat: 1 },
      ]),
    ).values(),
  ]
  if (before.length > 0) return before
  const { level } = entry.participant
  const isNamed = level !== null && mayStandAt(entry, form, { code: '', ...whole, location: level.trim() })
  return [isNamed ? { ...whole, location: level.trim() } : whole]
}

function compare(a: Placed, b: Placed): number {
  return (
    a.location.localeCompare(b.location) || a.laterality.localeCompare(b.laterality) || a.repeat - b.repeat
  )
}
