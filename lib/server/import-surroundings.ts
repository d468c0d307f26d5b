import type { OtherForm, SoftCheckInput } from '@/lib/domain/checks/soft-rule'
import { deriveNeighbours } from '@/lib/domain/checks/soft-visit-order'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { type FormPlace, type ImportedVisit, isFirst } from './import-place'

/** What the checks of a form compare it with, stored or of the file: the other forms, the last visit, the days of visits, the medication log. */
export function readImportSurroundings(
  place: FormPlace,
  form: string,
): Pick<SoftCheckInput, 'others' | 'last' | 'neighbours' | 'medication'> {
  const { run, person, visit, visits } = place
  const plans = run.open.protocol.visits
  const stored = person.stored?.visits
  const codes = new Set([...(stored?.keys() ?? []), ...visits.map(one => one.planned.visit)])
  const dated = [...codes].map(code => {
    const own = visits.find(one => one.planned.visit === code)
    return { code, date: own ? own.date : (stored?.get(code)?.row.visitDate ?? null) }
  })
  const here = plans.findIndex(plan => plan.code === visit.planned.visit)
  const earlier = plans
    .slice(0, Math.max(0, here))
    .map(plan => ({ visitName: plan.name, answers: answersAt(place, plan.code, form) }))
  const others = run.open.protocol.visits[here]
  const forms = [...(others?.instruments ?? []), ...(others?.forms ?? [])].filter(code => code !== form)
  return {
    others: [
      ...forms.map(code => ({ form: code, key: code, answers: answersAt(place, visit.planned.visit, code) })),
      ...listPlaced(place, visit.planned.visit, forms),
    ],
    last: earlier.findLast(({ answers }) => Object.keys(answers).length > 0) ?? null,
    neighbours: deriveNeighbours(plans, dated, visit.planned.visit),
    medication: person.stored?.medication ?? [],
  }
}

/** Stored forms of single places, beside the first of its kind, which is the one that a file fills. */
function listPlaced({ person }: FormPlace, visit: string, codes: readonly string[]): readonly OtherForm[] {
  const stored = person.stored?.visits.get(visit)?.forms ?? []
  return stored
    .filter(row => codes.includes(row.form) && !isFirst(row))
    .map(row => ({ form: row.form, key: row.form, answers: row.answers }))
}

/** Stored answers with the file's in their place. */
function answersAt({ person, visits }: FormPlace, visit: string, form: string): Answers {
  const own: ImportedVisit | undefined = visits.find(one => one.planned.visit === visit)
  const stored = person.stored?.visits.get(visit)?.forms.find(row => row.form === form && isFirst(row))
  const given = own?.planned.forms.find(one => one.form === form)
  return { ...stored?.answers, ...given?.answers }
}
