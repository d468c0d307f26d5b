import { DrawingSvg, SampleSvg } from '@/app/_ui/charts/drawing-svg'
import { PANEL_WIDTHS, type ReportFigure } from '../../../../cohort/_components/report-figure'
import { ReportTableView } from '../../../../cohort/_components/report-table-view'

const FILES = ['svg', 'png', 'csv'] as const

/** The figure of a story with its files, legend, table and caption. */
export function StoryFigure(props: {
  figure: ReportFigure
  source: string
  fileOf: (name: string) => string
}) {
  const { figure, source, fileOf } = props
  return (
    <section className="fig fsec" style={{ breakInside: 'auto' }} aria-labelledby="story-heading">
      <header>
        <h2 id="story-heading">Course</h2>
        <span className="n">{figure.n}</span>
        <span className="lk">
          {FILES.map(format => (
            <a
              key={format}
              href={fileOf(`story.${format}`)}
              download
              aria-label={`Course, ${format.toUpperCase()}`}
            >
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </header>
      <div className="key">
        {figure.key.map(({ marks, text }) => (
          <span key={text}>
            <SampleSvg marks={marks} />
            {text}
          </span>
        ))}
      </div>
      <div className="body">
        {figure.panels.map(panel => (
          // On paper at the width at which a usual story leaves room for its head on one A4 page.
          <div key={panel.name} className="print:max-w-[520px]">
            <div className="chart chart-full">
              {Object.entries(PANEL_WIDTHS.full).map(([size, width]) => (
                <DrawingSvg
                  key={size}
                  id={`story-${size}`}
                  className={size}
                  title={figure.title}
                  description={panel.description}
                  drawing={panel.draw(width)}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      <p className="note">{[...figure.note, source].join(' ')}</p>
      <details className="figure-table">
        <summary>Table</summary>
        <ReportTableView table={figure.table} label="Course, values" minWidth="table-medium" />
      </details>
      <details className="figure-table">
        <summary>Caption for a manuscript</summary>
        <p className="note">{`${figure.caption} ${source}`}</p>
      </details>
    </section>
  )
}
