import { DrawingSvg, SampleSvg } from '@/app/_ui/charts/drawing-svg'
import type { LinkOf } from '@/app/_ui/charts/mark-markup'
import type { ExplainTarget } from './explain-target'
import type { NumberedFigure } from './numbered-figures'
import { type FigurePanel, type KeyEntry, PANEL_WIDTHS } from './report-figure'
import { ReportTableView } from './report-table-view'

/** Columns that a phone has room for. */
const MOST_NARROW = 5

/** Where a figure's files, its explanation and its participants are found. */
export interface FigureLinks {
  readonly fileOf: (name: string) => string
  readonly explainOf: (explain: ExplainTarget) => string
  /** Undefined where participants may not be named. */
  readonly participantOf: LinkOf | undefined
}

/** A figure or table of the report: title, n, files to take away, legend, drawings, note, caption, table behind it. */
export function FigureView(props: {
  figure: NumberedFigure
  /** Whose numbers these are, to which day and by which versions. */
  source: string
  links: FigureLinks
  /** The place in its line: a half figure without a neighbour has its words beside it. */
  place: FigurePlace
}) {
  const { figure, source, links, place } = props
  const { name, number, title, n, panels } = figure
  const heading = `${number}. ${title}`
  const files = [
    ...(panels.length > 0 ? ['svg', 'png'] : []).map(format => [format.toUpperCase(), `${name}.${format}`]),
    ['CSV', `${name}.csv`],
  ] as const
  return (
    <section className={`fig fsec ${PLACE_CLASSES[place]}`} id={name} aria-labelledby={`${name}-heading`}>
      <header>
        <h3 id={`${name}-heading`}>{heading}</h3>
        <span className="n">{n}</span>
        <span className="lk">
          {figure.explain && (
            <a href={links.explainOf(figure.explain)} aria-label={`${heading}, explain`}>
              Explain
            </a>
          )}
          {files.map(([label = '', file = '']) => (
            <a key={file} href={links.fileOf(file)} download aria-label={`${heading}, ${label}`}>
              {label}
            </a>
          ))}
        </span>
      </header>
      <Key entries={figure.key} />
      {panels.length > 0 && (
        <div className={`body ${classOfPanels(panels)}`}>
          {panels.map(panel => (
            <Panel
              key={panel.name}
              figure={figure}
              panel={panel}
              isAlone={panels.length === 1}
              links={links}
            />
          ))}
        </div>
      )}
      {panels.length === 0 && (
        <div className="body">
          <ReportTableView
            table={figure.table}
            label={title}
            explainOf={links.explainOf}
            {...(figure.table.columns.length > MOST_NARROW ? { minWidth: 'table-large' } : {})}
          />
        </div>
      )}
      <div className="under">
        {panels.length > 0 && (
          <details className="figure-table">
            <summary>Table</summary>
            <ReportTableView
              table={figure.table}
              label={`${title}, values`}
              explainOf={links.explainOf}
              minWidth="table-medium"
            />
          </details>
        )}
        <p className="note">{[...figure.note, source].join(' ')}</p>
        <details className="figure-table">
          <summary>Caption for a manuscript</summary>
          <p className="note">{`${figure.caption} ${source}`}</p>
        </details>
      </div>
    </section>
  )
}

/** `line`: has the whole line; `half`: shares it with a neighbour; `lone`: a half one without a neighbour. */
type FigurePlace = 'line' | 'half' | 'lone'

const PLACE_CLASSES: Readonly<Record<FigurePlace, string>> = { line: '', half: 'fig-half', lone: 'fig-lone' }

/** Where each figure of a section stands: those of one half panel stand side by side, two in a line. */
export function placeFigures(figures: readonly NumberedFigure[]): FigurePlace[] {
  const places: FigurePlace[] = []
  while (places.length < figures.length) {
    const [figure, next] = figures.slice(places.length)
    if (!figure || !isNarrow(figure)) places.push('line')
    else if (next && isNarrow(next)) places.push('half', 'half')
    else places.push('lone')
  }
  return places
}

function isNarrow({ panels }: NumberedFigure): boolean {
  return panels.length === 1 && panels[0]?.size === 'half'
}

/** An odd number of panels would leave half a line empty: they stand three in a line where there is room. */
function classOfPanels(panels: readonly FigurePanel[]): string {
  if (panels.some(panel => panel.size !== 'half')) return ''
  return panels.length > 1 && panels.length % 2 === 1 ? 'chart-panels chart-thirds' : 'chart-panels'
}

function Key({ entries }: { entries: readonly KeyEntry[] }) {
  if (entries.length === 0) return null
  return (
    <div className="key">
      {entries.map(({ marks, text }) => (
        <span key={text}>
          <SampleSvg marks={marks} />
          {text}
        </span>
      ))}
    </div>
  )
}

function Panel(props: { figure: NumberedFigure; panel: FigurePanel; isAlone: boolean; links: FigureLinks }) {
  const { figure, panel, isAlone, links } = props
  const id = `${figure.name}-${panel.name}`
  return (
    <div>
      {!isAlone && <h4>{panel.title}</h4>}
      <div className={`chart chart-${panel.size}`}>
        {Object.entries(PANEL_WIDTHS[panel.size]).map(([size, width]) => (
          <DrawingSvg
            key={size}
            id={`${id}-${size}`}
            className={size}
            title={isAlone ? figure.title : panel.title}
            description={panel.description}
            drawing={panel.draw(width)}
            linkOf={links.participantOf}
          />
        ))}
      </div>
    </div>
  )
}
