import { expect, it } from 'vitest'
import { odi } from '@/lib/domain/instruments/odi'
import { makeCohort, report, visitOf } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'

const [ODI] = odi.parameters({})

// Clinical reference, instruments: ≤ 20 minimal, ≤ 40 moderate, ≤ 60 severe, ≤ 80 crippled, ≤ 100 bed-bound.
it('counts participants by named range, its upper end within it and empty ranges with 0', () => {
  const summary =
    ODI &&
    summarise(makeCohort([[20], [20.1], [40], [60], [100]]), {
      parameters: [report({ ...ODI, code: 'PAIN' })],
    })
  const bands = summary && visitOf(summary, 'BL').bands
  expect(bands?.map(({ label, level, k, n }) => `${label} ${level}: ${k}/${n}`)).toEqual([
    'minimal 20: 1/5',
    'moderate 40: 2/5',
    'severe 60: 1/5',
    'crippled 80: 0/5',
    'bed-bound 100: 1/5',
  ])
})

it('is absent for a score without named ranges', () => {
  expect(visitOf(summarise(makeCohort([[6]])), 'BL')).not.toHaveProperty('bands')
})
