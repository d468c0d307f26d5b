/** What every layout must keep: nothing cut off, no label over another, no number that is none. */
import { expect } from 'vitest'
import { boxOf, type Drawing, type Mark, type TextMark } from '../drawing'

/** The marks of a drawing without the links around them. */
export function flatten(marks: readonly Mark[]): Exclude<Mark, { kind: 'link' }>[] {
  return marks.flatMap(mark => (mark.kind === 'link' ? flatten(mark.marks) : [mark]))
}

export function textsOf(drawing: Drawing): TextMark[] {
  return flatten(drawing.marks).filter((mark): mark is TextMark => mark.kind === 'text')
}

/** Text and boxes lie inside the drawing. */
export function expectInside(drawing: Drawing): void {
  for (const mark of textsOf(drawing)) {
    const box = boxOf(mark)
    const place = `${mark.text} at ${box.left.toFixed(1)} to ${box.right.toFixed(1)} of ${drawing.width}`
    expect(box.left, place).toBeGreaterThanOrEqual(-0.5)
    expect(box.right, place).toBeLessThanOrEqual(drawing.width + 0.5)
    expect(box.top, place).toBeGreaterThanOrEqual(0)
    expect(box.bottom, place).toBeLessThanOrEqual(drawing.height)
  }
  for (const mark of flatten(drawing.marks)) {
    if (mark.kind !== 'rect') continue
    const place = `${mark.className} at ${mark.x}, ${mark.y}, ${mark.width} by ${mark.height}`
    expect(mark.x, place).toBeGreaterThanOrEqual(-0.5)
    expect(mark.x + mark.width, place).toBeLessThanOrEqual(drawing.width + 0.5)
    expect(mark.y, place).toBeGreaterThanOrEqual(0)
    expect(mark.y + mark.height, place).toBeLessThanOrEqual(drawing.height)
  }
  expect(JSON.stringify(drawing)).not.toMatch(/NaN|Infinity|undefined|null/)
}

/** No two texts lie over each other. */
export function expectApart(drawing: Drawing): void {
  const boxes = textsOf(drawing).map(mark => ({ text: mark.text, ...boxOf(mark) }))
  const clashes: string[] = []
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        clashes.push(`“${a.text}” (${a.left}, ${a.top}) over “${b.text}” (${b.left}, ${b.top})`)
    }
  }
  expect(clashes).toEqual([])
}
