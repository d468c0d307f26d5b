import { DrawingSvg, type LinkOf, Marks } from '@/app/_ui/charts/drawing-svg'
import type { NumberedFigure } from './numbered-figures'
import { type FigurePanel, type KeyEntry, PANEL_WIDTHS } from './report-figure'
import { ReportTableView } from './report-table-view'

/** Columns that a phone has room for. */
const MOST_NARROW = 5

/** Where a figure's files, its explanation and its participants are found. */
export interface FigureLinks {
  readonly fileOf: (name: string) => string
  readonly explainOf: (figure: NumberedFigure) => string
  /** Undefined where participants may not be named. */
  readonly participantOf: LinkOf | undefined
}

/** A figure or table of the report: title, n, files to take away, legend, drawings, note, caption, table behind it. */
export function FigureView(props: {
  figure: NumberedFigure
  /** Whose numbers these are, to which day and by which versions. */
  source: string
  links: FigureLinks
}) {
  const { figure, source, links } = props
  const { name, number, title, n, panels } = figure
  const heading = `${number}. ${title}`
  const files = [
    ...(panels.length > 0 ? ['svg', 'png'] : []).map(format => [format.toUpperCase(), `${name}.${format}`]),
    ['CSV', `${name}.csv`],
  ] as const
  return (
    <section
      className={`fig fsec ${isNarrow(figure) ? 'fig-half' : ''}`}
      id={name}
      aria-labelledby={`${name}-heading`}
    >
      <header>
        <h3 id={`${name}-heading`}>{heading}</h3>
        <span className="n">{n}</span>
        <span className="lk">
          <a href={links.explainOf(figure)} aria-label={`${heading}, explain`}>
            Explain
          </a>
          {files.map(([label = '', file = '']) => (
            <a key={file} href={links.fileOf(file)} download aria-label={`${heading}, ${label}`}>
              {label}
            </a>
          ))}
        </span>
      </header>
      <Key entries={figure.key} />
      {panels.length > 0 && (
        <div className={`body ${panels.every(panel => panel.size === 'half') ? 'chart-panels' : ''}`}>
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
      {panels.length === 0 ? (
        <div className="body">
          <ReportTableView
            table={figure.table}
            label={title}
            {...(figure.table.columns.length > MOST_NARROW ? { minWidth: 'table-large' } : {})}
          />
        </div>
      ) : (
        <details className="figure-table">
          <summary>Table</summary>
          <ReportTableView table={figure.table} label={`${title}, values`} minWidth="table-medium" />
        </details>
      )}
      <p className="note">{[...figure.note, source].join(' ')}</p>
      <details className="figure-table">
        <summary>Caption for a manuscript</summary>
        <p className="note">{`${figure.caption} ${source}`}</p>
      </details>
    </section>
  )
}

/** A figure of one panel that takes half a line: two of them stand side by side. */
function isNarrow({ panels }: NumberedFigure): boolean {
  return panels.length === 1 && panels[0]?.size === 'half'
}

function Key({ entries }: { entries: readonly KeyEntry[] }) {
  if (entries.length === 0) return null
  return (
    <div className="key">
      {entries.map(({ marks, text }) => (
        <span key={text}>
          <svg width="28" height="12" aria-hidden="true">
            <Marks marks={marks} />
          </svg>
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
