import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mark } from './drawing'
import { escapeMarkup, formatMarks } from './mark-markup'

const text = (given: string): Mark => ({
  kind: 'text',
  ...{ x: 1, y: 2, text: given, anchor: 'start', className: '' },
})
const linked: Mark = {
  kind: 'link',
  subject: 'MEL-003',
  label: 'MEL-003, "71%" better',
  marks: [{ kind: 'path', d: 'M0 0L1 1', className: 'ind' }],
  area: { x: 1, y: 2, width: 3, height: 4 },
}

describe('marks as markup', () => {
  it('are painted in their order, with look and place', () => {
    const marks: Mark[] = [
      { kind: 'rect', x: 1, y: 2.5, width: 3, height: 4, className: 'band arm-1' },
      { kind: 'path', d: 'M0 0L1 1', className: '' },
      text('n = 9'),
    ]
    expect(formatMarks(marks)).toBe(
      '<rect class="band arm-1" x="1" y="2.5" width="3" height="4"/><path d="M0 0L1 1"/><text x="1" y="2" text-anchor="start">n = 9</text>',
    )
  })

  it('lead to a participant whom the reader may open, with a name and an area to hit', () => {
    expect(formatMarks([linked], subject => `/p/${subject}?a=1&b="2"`)).toBe(
      '<a href="/p/MEL-003?a=1&amp;b=&quot;2&quot;" aria-label="MEL-003, &quot;71%&quot; better"><rect class="hit" x="1" y="2" width="3" height="4"/><path class="ind" d="M0 0L1 1"/></a>',
    )
  })

  it('name nobody whom the reader may not open, nor anybody in a file', () => {
    const alone = '<path class="ind" d="M0 0L1 1"/>'
    expect(formatMarks([linked], () => null)).toBe(alone)
    expect(formatMarks([linked])).toBe(alone)
  })

  it('never let a text end its element or its attribute, and keep every character of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', '&', "'", '/', 'a', ';', '–', ' ') }),
        given => {
          const escaped = escapeMarkup(given)
          expect(escaped).not.toMatch(/[<>"]|&(?!(amp|lt|gt|quot);)/)
          expect(readReferences(escaped)).toBe(given)
          expect(formatMarks([text(given)])).toBe(`<text x="1" y="2" text-anchor="start">${escaped}</text>`)
          const label = { ...linked, label: given, marks: [], className: given }
          expect(formatMarks([label], () => given)).toContain(`<a href="${escaped}" aria-label="${escaped}">`)
        },
      ),
    )
  })
})

/** As a parser reads character references. */
function readReferences(escaped: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
  return escaped.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => characters[name] ?? '')
}
