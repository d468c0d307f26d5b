import { type Drawing, drawText, LINE_HEIGHT, type Mark, measureText } from './drawing'

/** The light values of tokens.css and the looks of charts.css, for a file that stands alone. */
const STYLE = [
  'text{font:11px Inter,Helvetica,Arial,sans-serif;fill:#5a6370;font-variant-numeric:tabular-nums}',
  '.v{fill:#171c23;font-weight:500}.s{fill:#171c23;font-weight:600}.l{fill:#434b57}',
  '.hv{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}',
  '.ax{stroke:#7b8593;fill:none}.gr{stroke:#e6e9ed;fill:none}.grd{stroke:#c8ced6;stroke-dasharray:3 3;fill:none}',
  '.ind{stroke:#8b94a1;fill:none;stroke-linejoin:round}.mean{stroke-width:2.25;fill:none;stroke-linejoin:round}',
  '.band{opacity:.16}.dot{stroke:#fff;stroke-width:1.5}.dose{fill:#171c23}',
  '.b50{fill:#0072b2}.b30{fill:#6fa8ce}.b0{fill:#b3d0e5}.bneg{fill:#d55e00}',
  '.crisp{shape-rendering:crispEdges}.badge{fill:none;stroke:#7b8593;stroke-dasharray:3 2}',
  ...[
    ['#0072b2', 'none'],
    ['#d55e00', '6 3'],
    ['#008a65', '2 3'],
    ['#b85f91', '8 3 2 3'],
  ].map(([colour, dash], index) => {
    const arm = `.arm-${index + 1}`
    return `.mean${arm}{stroke:${colour};stroke-dasharray:${dash}}.dot${arm},.band${arm},text${arm}{fill:${colour}}.ind${arm}{stroke:${colour};opacity:.55}`
  }),
  '.ind.many{opacity:.22}.ind.gapped,.mean.gapped{stroke-dasharray:1 3}',
].join('')

const MARGIN = 12
const BADGE = 'Synthetic data'

/** A drawing as a file with its title, n and notes; it carries the badge where the data are made up. */
export function formatSvgFile(
  drawing: Drawing,
  text: { readonly title: string; readonly notes: readonly string[]; readonly synthetic: boolean },
): string {
  const width = drawing.width + 2 * MARGIN
  const notes = text.notes.flatMap(note => wrapText(note, drawing.width))
  const top = MARGIN + (text.synthetic ? 22 : 0)
  const head = wrapText(text.title, drawing.width).map((line, index) =>
    drawText(MARGIN, top + 10 + index * LINE_HEIGHT, line, 'start', 's'),
  )
  const drawingTop = top + head.length * LINE_HEIGHT + 4
  const notesTop = drawingTop + drawing.height + 18
  const height = notesTop + notes.length * LINE_HEIGHT + MARGIN - 8
  const frame: Mark[] = [
    ...(text.synthetic ? drawBadge() : []),
    ...head,
    ...notes.map((line, index) => drawText(MARGIN, notesTop + index * LINE_HEIGHT, line)),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${Math.ceil(height)}" viewBox="0 0 ${width} ${Math.ceil(height)}" role="img">`,
    `<title>${escapeXml(text.title)}</title><style>${STYLE}</style>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...frame.map(formatMark),
    `<g transform="translate(${MARGIN} ${drawingTop})">`,
    ...drawing.marks.map(formatMark),
    '</g></svg>\n',
  ].join('')
}

function drawBadge(): Mark[] {
  const width = measureText(BADGE) + 12
  return [
    { kind: 'rect', x: MARGIN, y: MARGIN - 4, width, height: 18, className: 'badge' },
    drawText(MARGIN + 6, MARGIN + 9, BADGE, 'start', 's'),
  ]
}

function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && measureText(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function formatMark(mark: Mark): string {
  const look = mark.className ? ` class="${escapeXml(mark.className)}"` : ''
  switch (mark.kind) {
    case 'path':
      return `<path${look} d="${mark.d}"/>`
    case 'rect':
      return `<rect${look} x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}"/>`
    case 'text':
      return `<text${look} x="${mark.x}" y="${mark.y}" text-anchor="${mark.anchor}">${escapeXml(mark.text)}</text>`
  }
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
