import type { Mark } from './drawing'

/** Address of a participant; null where the reader may not open that one. */
export type LinkOf = (subject: string) => string | null

/**
 * Marks as the text of SVG, in the order in which they are painted: the one place where marks become markup, for pages and
 * for files. Every text that comes from data is escaped. With `linkOf` marks lead to their participants.
 */
export function formatMarks(marks: readonly Mark[], linkOf?: LinkOf): string {
  return marks.map(mark => formatMark(mark, linkOf)).join('')
}

function formatMark(mark: Mark, linkOf?: LinkOf): string {
  switch (mark.kind) {
    case 'path':
      return `<path${formatLook(mark.className)} d="${escapeMarkup(mark.d)}"/>`
    case 'rect':
      return `<rect${formatLook(mark.className)}${formatBox(mark)}/>`
    case 'text':
      return `<text${formatLook(mark.className)} x="${mark.x}" y="${mark.y}" text-anchor="${mark.anchor}">${escapeMarkup(mark.text)}</text>`
    case 'link': {
      const href = linkOf?.(mark.subject) ?? null
      const marks = formatMarks(mark.marks, linkOf)
      if (href === null) return marks
      const hit = mark.area ? `<rect class="hit"${formatBox(mark.area)}/>` : ''
      return `<a href="${escapeMarkup(href)}" aria-label="${escapeMarkup(mark.label)}">${hit}${marks}</a>`
    }
  }
}

function formatLook(className: string): string {
  return className ? ` class="${escapeMarkup(className)}"` : ''
}

function formatBox(box: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}) {
  return ` x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}"`
}

/** A text between tags or between double quotes. Example: `escapeMarkup('a < "b"')` → `a &lt; &quot;b&quot;`. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
