import pdfmake from 'pdfmake'
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces'
import type { PdfFigure, PdfReport } from '@/lib/schemas/report-document'
import { FONT_FILES } from './pictures'

/** A4 across, in points, less its margins. */
const ROOM = { width: 769, height: 470 } as const
const MARGINS: [number, number, number, number] = [36, 40, 36, 44]
const INK = '#171c23'
const GREY = '#5a6370'

pdfmake.setFonts({ Inter: { ...FONT_FILES, bolditalics: FONT_FILES.bold } })
// A report is made of what is passed in: nothing is fetched, and of files only the faces are read.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(path => (Object.values(FONT_FILES) as string[]).includes(path))

/** A report as PDF. Same report, same bytes: the file is dated by its data cut. */
export async function renderPdf(report: PdfReport): Promise<Uint8Array<ArrayBuffer>> {
  const date = new Date(`${report.dataCut}T00:00:00Z`)
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: MARGINS,
    defaultStyle: { font: 'Inter', fontSize: 8, color: INK, lineHeight: 1.2 },
    info: { title: report.title, creationDate: date, modDate: date, producer: 'Longitude' },
    footer: (page, pages) => ({
      margin: [MARGINS[0], 12, MARGINS[2], 0],
      columns: [
        { text: report.foot, fontSize: 7, color: GREY },
        { text: `Page ${page} of ${pages}`, fontSize: 7, color: GREY, alignment: 'right', width: 70 },
      ],
    }),
    content: [
      ...(report.synthetic
        ? [line('Synthetic data: every participant is made up. Do not cite.', { bold: true })]
        : []),
      line(report.title, { fontSize: 16, bold: true }),
      line(report.subtitle, { fontSize: 10, color: GREY }),
      formatFacts(report),
      ...report.warnings.map(text => line(text, { bold: true, margin: [0, 4, 0, 0] })),
      ...report.sections.flatMap(({ title, figures }) => formatSection(title, figures)),
      line('Methods', { fontSize: 13, bold: true, margin: [0, 14, 0, 4], headlineLevel: 1 }),
      ...report.methods.map(text => line(text, { fontSize: 9, margin: [0, 0, 0, 5] })),
      line('Tables behind the figures', { fontSize: 13, bold: true, pageBreak: 'before' }),
      ...report.sections.flatMap(({ figures }) =>
        figures.flatMap(figure => (figure.drawings.length > 0 ? formatDataTable(figure) : [])),
      ),
    ],
  }
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}

function line(text: string, look: object): Content {
  return { text, ...look }
}

function formatFacts({ facts }: PdfReport): Content {
  return {
    margin: [0, 8, 0, 0],
    columnGap: 16,
    columns: facts.map(({ name, value }) => ({
      stack: [
        { text: name, fontSize: 7, color: GREY },
        { text: value, bold: true },
      ],
    })),
  }
}

/** A part of the report under its heading, which never stands alone at the foot of a page. */
function formatSection(title: string, figures: readonly PdfFigure[]): Content[] {
  const heading = line(title, { fontSize: 13, bold: true, margin: [0, 14, 0, 0] })
  const blocks = joinNarrow(figures).map(pair => {
    const [left, right] = pair
    if (left && right) {
      const columns = [left, right].map(figure => ({ width: HALF, stack: partsOf(figure, HALF) }))
      return [{ stack: [{ columns, columnGap: 24 }], unbreakable: true }]
    }
    return left ? formatFigure(left) : []
  })
  const [first = [], ...others] = blocks
  const [start, ...rest] = first
  return [
    ...(start && (figures[0]?.drawings.length ?? 0) > 0
      ? [{ stack: [heading, start], unbreakable: true }]
      : [heading, ...(start ? [start] : [])]),
    ...rest,
    ...others.flat(),
  ]
}

/** Room of one of two figures that stand beside each other. */
const HALF = (ROOM.width - 24) / 2

/** Figures of one narrow drawing two by two; the others alone. */
function joinNarrow(figures: readonly PdfFigure[]): PdfFigure[][] {
  const isNarrow = ({ drawings }: PdfFigure) =>
    drawings.length === 1 && measureDrawing(drawings[0] ?? '').width * POINTS_PER_PIXEL <= HALF
  const lines: PdfFigure[][] = []
  for (const figure of figures) {
    const last = lines.at(-1)
    if (isNarrow(figure) && last?.length === 1 && last[0] && isNarrow(last[0])) last.push(figure)
    else lines.push([figure])
  }
  return lines
}

/** A figure that is kept together: heading, its one drawing, note. */
function partsOf(figure: PdfFigure, width: number): Content[] {
  return [headOf(figure), ...figure.drawings.map(svg => drawingOf(svg, width)), noteOf(figure)]
}

function formatFigure(figure: PdfFigure): Content[] {
  const { drawings, table } = figure
  if (drawings.length === 1) return [{ stack: partsOf(figure, ROOM.width), unbreakable: true }]
  const [first, ...others] = drawings.map(svg => drawingOf(svg, ROOM.width))
  if (first) return [{ stack: [headOf(figure), first], unbreakable: true }, ...others, noteOf(figure)]
  return [table ? formatTable(table, headOf(figure)) : headOf(figure), noteOf(figure)]
}

function formatDataTable({ heading, n, table }: PdfFigure): Content[] {
  return table ? [formatTable(table, headOf({ heading, n }))] : []
}

function headOf({ heading, n }: Pick<PdfFigure, 'heading' | 'n'>): Content {
  return {
    margin: [0, 12, 0, 4],
    text: [
      { text: heading, fontSize: 10, bold: true },
      { text: `   ${n}`, color: GREY },
    ],
  }
}

function noteOf({ note }: PdfFigure): Content {
  return line(note, { fontSize: 7, color: GREY, margin: [0, 3, 0, 0] })
}

/** Points of a page to a pixel of a drawing: its text of 11 pixels is read at 7 points, and two lines of panels share a page. */
const POINTS_PER_PIXEL = 0.66

/** A drawing at the scale of all others, smaller only where it would run over the page. */
function drawingOf(svg: string, room: number): Content {
  const { width, height } = measureDrawing(svg)
  const scale = Math.min(POINTS_PER_PIXEL, room / width, ROOM.height / height)
  return { svg, width: width * scale, height: height * scale, margin: [0, 0, 0, 4] }
}

function measureDrawing(svg: string): { readonly width: number; readonly height: number } {
  const [, width, height] = /width="(\d+(?:\.\d+)?)" height="(\d+)"/.exec(svg) ?? []
  if (!width || !height) throw new Error('a drawing without its size')
  return { width: Number(width), height: Number(height) }
}

/** Above so many columns the text of a table is smaller. */
const MANY_COLUMNS = 10

/** A table under its heading, which stands again on each page and never alone. */
function formatTable({ head, rows, numbers }: NonNullable<PdfFigure['table']>, heading: Content): Content {
  const fontSize = head.length > MANY_COLUMNS ? 6 : 7
  const toCell = (text: string, index: number, bold = false) => ({
    text,
    bold,
    fontSize,
    alignment: numbers[index] ? ('right' as const) : ('left' as const),
  })
  return {
    layout: {
      hLineWidth: (index: number) => (index === 2 ? 0.8 : index === 0 ? 0 : 0.3),
      vLineWidth: () => 0,
      hLineColor: () => '#c8ced6',
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
    },
    table: {
      headerRows: 2,
      keepWithHeaderRows: 2,
      dontBreakRows: true,
      widths: head.map(() => 'auto'),
      body: [
        [{ stack: [heading], colSpan: head.length }, ...head.slice(1).map(() => '')],
        head.map((text, index) => toCell(text, index, true)),
        ...rows.map(row => row.map((text, index) => toCell(text, index))),
      ],
    },
  }
}
