import { expect, it } from 'vitest'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'

const visits = [{ instruments: ['nprs', 'odi', 'eq5d3l', 'work', 'mri'] }] as never

it('what the responder rules are about comes first, then what has a minimal important change', () => {
  const condition = {
    all: [
      { parameter: 'ODI', improvement: { atLeast: 15, unit: 'points' } },
      { any: [{ parameter: 'NPRS_WORST', improvement: { atLeast: 50, unit: 'percent' } }] },
    ],
  } as const
  const responders = [{ code: 'R', label: 'R', isResponder: true, condition }] as never
  const settings = { eq5d3l: { valueSet: 'UK-Dolan-1997' } } as const
  expect(rankMainParameters({ visits, settings, responders }).map(({ code }) => code)).toEqual([
    'NPRS_WORST',
    'ODI',
    'NPRS_AVG',
    'EQ5D3L_INDEX',
    'EQ5D3L_VAS',
    'WORK_HOURS',
    'DISC_HEIGHT',
  ])
})

it('a study without rules keeps the order of its visits within each rank', () => {
  const codes = rankMainParameters({ visits, settings: {}, responders: [] }).map(({ code }) => code)
  expect(codes).toEqual(['NPRS_AVG', 'NPRS_WORST', 'ODI', 'EQ5D3L_VAS', 'WORK_HOURS', 'DISC_HEIGHT'])
})
