import { type Drawing, drawText, LINE_HEIGHT, type Mark, measureText, toTenth } from './drawing'
import { escapeMarkup, formatMarks } from './mark-markup'
import { wrapText } from './text-lines'

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
    return `.mean${arm},.join${arm},.quantile-edge${arm}{stroke:${colour};stroke-dasharray:${dash}}.whisker${arm}{stroke:${colour}}.quantile.by-arm${arm}{fill:${colour};opacity:.08}.dot${arm},.band${arm},text${arm}{fill:${colour}}.ind${arm}{stroke:${colour};opacity:.55}`
  }),
  ...[
    ['#e0ebf4', '#171c23'],
    ['#b3d0e5', '#171c23'],
    ['#6fa8ce', '#101317'],
    ['#256fa3', '#fff'],
    ['#0b4169', '#fff'],
  ].map(([fill, ink], index) => `.o${index + 1}{fill:${fill}}.oi${index + 1}{fill:${ink}}`),
  ...['#0072b2', '#d55e00', '#008a65', '#b85f91'].map(
    (colour, index) => `.pt.arm-${index + 1}{fill:${colour};opacity:.5}`,
  ),
  '.est{stroke:#171c23;stroke-width:1.5;fill:none}.median{stroke:#171c23;stroke-width:2;fill:none}',
  '.quartiles{stroke:#6d7785;stroke-width:1.25;fill:none}.secd{fill:#fff;stroke:#6d7785;stroke-width:1.5}',
  '.up{stroke:#0072b2;stroke-width:1.75;fill:none}.same{stroke:#6d7785;stroke-width:1.75;fill:none}',
  '.down{stroke:#d55e00;stroke-width:1.75;stroke-dasharray:5 3;fill:none}.beyond{stroke-dasharray:1 3}',
  '.thin{stroke-width:1}.same-dot{fill:#6d7785}',
  '.whisker{stroke-width:1.5;fill:none}.join{stroke-width:1;fill:none}.censored{stroke:#171c23}',
  '.quantile{fill:#8b94a1;opacity:.16}.quantile-edge{stroke-width:.75;fill:none}',
  '.ref,.refci{stroke:#6d7785;stroke-width:1.25;fill:none}.refdot{fill:#fff;stroke:#6d7785;stroke-width:1.25}',
  '.ref-1{stroke-dasharray:10 3}.ref-2{stroke-dasharray:4 4}.ref-3{stroke-dasharray:1 4}.ref-4{stroke-dasharray:10 3 1 3}',
  '.ref-5{stroke-dasharray:18 4}.ref-6{stroke-dasharray:2 2}.ref-7{stroke-dasharray:10 3 1 3 1 3}',
  '.ref-8{stroke-dasharray:10 3 4 3}.ref-9{stroke-dasharray:5 9}',
  '.ind.many{opacity:.22}.ind.gapped,.mean.gapped,.join.gapped{stroke-dasharray:1 3}',
].join('')

const MARGIN = 12
const BADGE = 'Synthetic data'
/** Between two panels of a line, and between lines. */
const GAP = { across: 40, down: 24 } as const
/** Panels stand side by side up to this width. */
const MOST_WIDTH = 1000
const PANEL_HEAD = 20
const KEY_LINE = 18
/** Width of a legend's sample. */
const SAMPLE = 28

/** A whole figure as it goes into a file, or a part of one whose title and notes stand beside it as text. */
export interface FigureFile {
  /** '' writes none. */
  readonly title: string
  /** Sentences under the drawing: method, missing-data rule, source. */
  readonly notes: readonly string[]
  readonly key: readonly { readonly marks: readonly Mark[]; readonly text: string }[]
  readonly panels: readonly { readonly title: string; readonly drawing: Drawing }[]
  /** Made-up data: the file carries the badge. */
  readonly synthetic: boolean
}

/** A figure as a file that stands alone: title, legend, all panels, notes. Panels stand side by side where they fit. */
export function formatSvgFile(file: FigureFile): string {
  const widest = Math.max(320, ...file.panels.map(({ drawing }) => drawing.width))
  const [first, second] = file.panels
  const pair = first && second ? first.drawing.width + GAP.across + second.drawing.width : 0
  const inner = pair <= MOST_WIDTH ? Math.max(widest, pair) : widest
  const body: string[] = []
  // A part stands among text that keeps its own distance.
  const isPart = file.title === '' && file.notes.length === 0
  let y = isPart ? 2 : MARGIN
  const addLines = (text: string, className = '') => {
    if (text === '') return
    for (const line of wrapText(text, inner)) {
      body.push(formatMarks([drawText(MARGIN, y + 9, line, 'start', className)]))
      y += LINE_HEIGHT
    }
  }
  if (file.synthetic) {
    body.push(formatMarks(drawBadge()))
    y += 22
  }
  addLines(file.title, 's')
  y += isPart ? 0 : 6
  const key = formatKey(file.key, MARGIN, y, inner)
  body.push(key.body)
  y += key.height
  const panels = placePanels(file.panels, inner)
  body.push(
    ...panels.placed.flatMap(({ x, y: top, title, drawing }) => [
      formatMarks([drawText(MARGIN + x, y + top + 11, title, 'start', 's')]),
      place(MARGIN + x, y + top + PANEL_HEAD, drawing.marks),
    ]),
  )
  y += panels.height + (isPart ? 0 : 12)
  for (const note of file.notes) addLines(note)
  const width = inner + 2 * MARGIN
  const height = Math.ceil(y + (isPart ? 2 : MARGIN))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeMarkup(file.title)}</title><style>${STYLE}</style>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...body,
    '</svg>\n',
  ].join('')
}

function place(x: number, y: number, marks: readonly Mark[]): string {
  if (marks.length === 0) return ''
  return `<g transform="translate(${toTenth(x)} ${toTenth(y)})">${formatMarks(marks)}</g>`
}

function formatKey(key: FigureFile['key'], left: number, top: number, width: number) {
  const parts: string[] = []
  let [x, y] = [0, 0]
  for (const { marks, text } of key) {
    const room = SAMPLE + 6 + measureText(text)
    if (x > 0 && x + room > width) [x, y] = [0, y + KEY_LINE]
    const lines = wrapText(text, width - SAMPLE - 6)
    const words = lines.map((line, index) =>
      drawText(SAMPLE + 6, 10 + index * LINE_HEIGHT, line, 'start', 'l'),
    )
    parts.push(place(left + x, top + y, [...marks, ...words]))
    y += (lines.length - 1) * LINE_HEIGHT
    x += room + 16
  }
  return { body: parts.join(''), height: key.length === 0 ? 0 : y + KEY_LINE + 8 }
}

function placePanels(panels: FigureFile['panels'], inner: number) {
  const placed: { x: number; y: number; title: string; drawing: Drawing }[] = []
  let [x, y, lineHeight] = [0, 0, 0]
  for (const { title, drawing } of panels) {
    if (x > 0 && x + drawing.width > inner + 1) {
      y += lineHeight + GAP.down
      x = 0
      lineHeight = 0
    }
    placed.push({ x, y, title, drawing })
    lineHeight = Math.max(lineHeight, drawing.height + PANEL_HEAD)
    x += drawing.width + GAP.across
  }
  return { placed, height: y + lineHeight }
}

function drawBadge(): Mark[] {
  const width = measureText(BADGE) + 12
  return [
    { kind: 'rect', x: MARGIN, y: MARGIN - 4, width, height: 18, className: 'badge' },
    drawText(MARGIN + 6, MARGIN + 9, BADGE, 'start', 's'),
  ]
}
