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
      ...report.sections.flatMap(({ title, figures }) => [
        line(title, { fontSize: 13, bold: true, margin: [0, 14, 0, 0], headlineLevel: 1 }),
        ...figures.flatMap(formatFigure),
      ]),
      line('Methods', { fontSize: 13, bold: true, margin: [0, 14, 0, 4], headlineLevel: 1 }),
      ...report.methods.map(text => line(text, { fontSize: 9, margin: [0, 0, 0, 5] })),
    ],
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
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

function formatFigure({ heading, n, drawings, table, note }: PdfFigure): Content[] {
  const head: Content = {
    margin: [0, 12, 0, 4],
    headlineLevel: 2,
    text: [
      { text: heading, fontSize: 10, bold: true },
      { text: `   ${n}`, color: GREY },
    ],
  }
  const [first, ...others] = drawings.map(
    (svg): Content => ({ svg, fit: [ROOM.width, ROOM.height], margin: [0, 0, 0, 6] }),
  )
  return [
    first ? { stack: [head, first], unbreakable: true } : head,
    ...others,
    ...(table ? [formatTable(table)] : []),
    line(note, { fontSize: 7, color: GREY, margin: [0, 3, 0, 0] }),
  ]
}

function formatTable({ head, rows }: NonNullable<PdfFigure['table']>): Content {
  return {
    layout: {
      hLineWidth: (index: number) => (index <= 1 ? 0.8 : 0.3),
      vLineWidth: () => 0,
      hLineColor: () => '#c8ced6',
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: head.map(() => 'auto'),
      body: [
        head.map(text => ({ text, bold: true, fontSize: 7 })),
        ...rows.map(row => row.map(text => ({ text, fontSize: 7 }))),
      ],
    },
  }
}
