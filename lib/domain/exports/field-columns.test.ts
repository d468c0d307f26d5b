import { describe, expect, it } from 'vitest'
import { fieldCells, fieldColumns } from '@/lib/domain/exports/field-columns'
import { listAllDoseFields } from '@/lib/domain/treatments/dose-form'

const cells = { value: 10, unit: 'million cells' }
const DOSES = [
  { code: 'DOSE1', name: 'First injection', dose: cells },
  { code: 'DOSE2', name: 'Second injection', dose: cells },
]

describe('fields of a form as columns', () => {
  it('name each field once, with unit and codes', () => {
    const columns = fieldColumns(listAllDoseFields(DOSES), 'Treatment form')
    expect(columns.map(column => column.variable)).toEqual([
      'product',
      'product_other',
      'origin',
      'donor',
      'lot',
      'cell_count',
      'viability',
      'viability_missing',
      'amount',
      'volume',
      'guidance',
      'operator',
    ])
    expect(columns.find(column => column.variable === 'origin')?.codes).toBe(
      'autologous=Autologous|donor=Donor',
    )
    expect(columns.find(column => column.variable === 'amount')?.unit).toBe('million cells')
  })

  it('say no unit where the treatments have different ones', () => {
    const [first, second] = DOSES
    if (!first || !second) throw new Error('two doses')
    const mixed = listAllDoseFields([first, { ...second, dose: { value: 2, unit: 'mL' } }])
    expect(mixed.find(field => field.code === 'AMOUNT')?.unit).toBeUndefined()
  })

  it('leave a cell empty where there is no answer, with the reason after it', () => {
    const fields = [
      { code: 'A', label: 'A', type: 'decimal' as const, missingCodes: ['notDone', 'unknown'] as const },
      { code: 'B', label: 'B', type: 'decimal' as const },
      { code: 'C', label: 'C', type: 'multi' as const },
      { code: 'D', label: 'D', type: 'boolean' as const },
    ]
    const answers = { A: { missing: 'notDone' as const }, C: { value: ['x', 'y'] }, D: { value: false } }
    expect(fieldCells(fields, answers)).toEqual([null, 'notDone', null, 'x;y', false])
  })
})
