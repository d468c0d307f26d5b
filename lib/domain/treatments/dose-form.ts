/** What is recorded of a dose beside its day: the product and how it was given, as fields of a form. */
import type { LogField } from '@/lib/domain/logs/log'
import type { FormPlan, TreatmentPlan } from '@/lib/domain/protocol/protocol'

const PRODUCT: readonly LogField[] = [
  {
    code: 'PRODUCT',
    label: 'Cell product',
    type: 'choice',
    group: 'Product',
    choices: [
      { code: 'adipose', label: 'Adipose' },
      { code: 'boneMarrow', label: 'Bone marrow' },
      { code: 'umbilicalCord', label: 'Umbilical cord' },
      { code: 'inducedPluripotent', label: 'Induced pluripotent' },
      { code: 'other', label: 'Other' },
    ],
  },
  {
    code: 'PRODUCT_OTHER',
    label: 'Which product',
    type: 'text',
    required: true,
    showIf: { field: 'PRODUCT', equals: 'other' },
  },
  {
    code: 'ORIGIN',
    label: 'Origin',
    type: 'choice',
    choices: [
      { code: 'autologous', label: 'Autologous' },
      { code: 'donor', label: 'Donor' },
    ],
  },
  {
    code: 'DONOR',
    label: 'Donor number',
    type: 'text',
    required: true,
    showIf: { field: 'ORIGIN', equals: 'donor' },
    hint: 'As the bank gives it, so that every recipient can be found; never a name',
  },
  { code: 'LOT', label: 'Lot', type: 'text' },
  { code: 'CELL_COUNT', label: 'Cell count', type: 'decimal', unit: 'million', range: [0, 100_000] },
  {
    code: 'VIABILITY',
    label: 'Viability',
    type: 'decimal',
    unit: '%',
    range: [0, 100],
    missingCodes: ['notDone', 'unknown'],
  },
]

const GIVEN: readonly LogField[] = [
  {
    code: 'VOLUME',
    label: 'Volume',
    type: 'decimal',
    unit: 'mL',
    range: [0, 1000],
    group: 'How it was given',
  },
  {
    code: 'GUIDANCE',
    label: 'Guidance',
    type: 'choice',
    choices: [
      { code: 'fluoroscopy', label: 'Fluoroscopy' },
      { code: 'ultrasound', label: 'Ultrasound' },
      { code: 'computedTomography', label: 'Computed tomography' },
      { code: 'none', label: 'None' },
      { code: 'other', label: 'Other' },
    ],
  },
  { code: 'OPERATOR', label: 'Operator', type: 'text', hint: 'Initials or staff code' },
]

/** Amount of the dose in the unit of the protocol. */
function amountField({ dose }: TreatmentPlan): readonly LogField[] {
  if (!dose) return []
  const hint = `Planned: ${dose.value} ${dose.unit}`
  return [{ code: 'AMOUNT', label: 'Dose given', type: 'decimal', unit: dose.unit, range: [0, 1e12], hint }]
}

/**
 * The fields of one treatment of the protocol, in the order of the form. Those of a cell product are asked
 * where the protocol says `cellProduct`, or where it is silent and the planned dose is counted in cells.
 * All may stay blank but what makes another answer traceable: the donor of donor cells, the name of
 * another product.
 * Source: protocols/README.md, keys added: `treatments[].cellProduct`.
 * Example: a dose of 10 million cells → product, origin, lot, count, viability, dose, volume, guidance, operator.
 */
export function listDoseFields(plan: TreatmentPlan): readonly LogField[] {
  const isCells = plan.cellProduct ?? /\bcells?\b/i.test(plan.dose?.unit ?? '')
  const lot: readonly LogField[] = [{ code: 'LOT', label: 'Lot', type: 'text', group: 'Product' }]
  return [...(isCells ? PRODUCT : lot), ...amountField(plan), ...GIVEN]
}

/**
 * The fields of all treatments of a protocol, each code once, as one table of doses holds them. The unit of an amount is
 * named where every treatment has the same one. Example: two doses in million cells → `AMOUNT` once, in million cells.
 */
export function listAllDoseFields(plans: readonly TreatmentPlan[]): readonly LogField[] {
  const units = new Set(plans.flatMap(({ dose }) => dose?.unit ?? []))
  const fields = new Map<string, LogField>()
  for (const field of plans.flatMap(listDoseFields)) {
    const { unit: _, hint: __, ...rest } = field
    fields.set(
      field.code,
      field.code === 'AMOUNT' && units.size > 1 ? rest : (fields.get(field.code) ?? field),
    )
  }
  return [...fields.values()]
}

/** The fields of a dose as a form, so that it is read and judged as any other. Example: `doseForm(dose1).code` → `'DOSE1'`. */
export function doseForm(plan: TreatmentPlan): FormPlan {
  return { code: plan.code, label: plan.name, repeating: false, fields: listDoseFields(plan) }
}
