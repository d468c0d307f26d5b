/** Space kept between two labels of one line. */
const GAP = 4

/**
 * Puts labels along a line into lanes, each into the first in which it touches no other; null where none has room:
 * such a label is not drawn, and its value stands in the table only. Centres ascend.
 * Example: centres 0, 10, 40 and widths 18 → lanes 0, 1, 0.
 */
export function assignLanes(
  centres: readonly number[],
  widths: readonly number[],
  lanes: number,
): (number | null)[] {
  const ends = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY)
  return centres.map((centre, index) => {
    const half = (widths[index] ?? 0) / 2
    const lane = ends.findIndex(end => centre - half >= end + GAP)
    if (lane < 0) return null
    ends[lane] = centre + half
    return lane
  })
}

/**
 * Moves labels apart along one axis, keeping their order, at least `gap` from each other and within the bounds as far
 * as there is room. Example: positions 50, 52 with gap 13 → 44.5, 57.5.
 */
export function spreadLabels(
  positions: readonly number[],
  gap: number,
  bounds: readonly [lowest: number, highest: number],
): number[] {
  const order = positions
    .map((position, index) => ({ position, index }))
    .sort((a, b) => a.position - b.position)
  const blocks: { centre: number; size: number }[] = []
  for (const { position } of order) {
    let block = { centre: position, size: 1 }
    for (
      let last = blocks.at(-1);
      last && block.centre - (block.size * gap) / 2 < last.centre + (last.size * gap) / 2;
      last = blocks.at(-1)
    ) {
      blocks.pop()
      const size = last.size + block.size
      block = { centre: (last.centre * last.size + block.centre * block.size) / size, size }
    }
    const half = ((block.size - 1) * gap) / 2
    block.centre = Math.max(bounds[0] + half, Math.min(bounds[1] - half, block.centre))
    blocks.push(block)
  }
  const spread = blocks.flatMap(({ centre, size }) =>
    Array.from({ length: size }, (_, index) => centre + (index - (size - 1) / 2) * gap),
  )
  const result = new Array<number>(positions.length)
  for (const [rank, { index }] of order.entries()) result[index] = spread[rank] ?? 0
  return result
}
