import { expect, it } from 'vitest'
import type { VisitView } from '@/lib/schemas/visit-view'
import { postStored } from './post-stored'

const view = {
  page: { date: '16 Apr 2026', mode: '', source: '', before: '' },
  plans: [
    {
      code: 'NOTE',
      label: 'Note',
      repeating: false,
      fields: [
        { code: 'REMARK', label: 'Remark', type: 'text' },
        { code: 'SEEN', label: 'Seen on', type: 'date' },
        { code: 'BEGAN', label: 'Began', type: 'partialDate' },
      ],
    },
  ],
  forms: [
    {
      key: 'NOTE',
      code: 'NOTE',
      own: { date: '', mode: 'none', source: '', before: '', notDone: '' },
      answers: {
        REMARK: { value: '2024-04-16' },
        SEEN: { value: '2024-04-16' },
        BEGAN: { value: '2024-04' },
      },
    },
  ],
} as unknown as VisitView

it('a stored visit fills its controls: text as it was typed, dates as they are typed', () => {
  expect(postStored(view)).toEqual({
    '~visit.date': ['16 Apr 2026'],
    'NOTE.~mode': ['none'],
    'NOTE.REMARK': ['2024-04-16'],
    'NOTE.SEEN': ['16 Apr 2024'],
    'NOTE.BEGAN': ['Apr 2024'],
  })
})
