import { type CohortView, describeSource } from './cohort-view'
import { CompletenessMatrix, describeMissing } from './completeness-matrix'
import { FactsStrip } from './facts-strip'
import { Figure } from './figure'
import { ImprovementFigureView } from './improvement-figure'
import { deriveImprovementFigures } from './improvement-figure-data'
import { ReportTableView } from './report-table-view'
import { listReportTables } from './report-tables'
import { TrajectoryFigure } from './trajectory-figure'

/** All figures and tables of a cohort, each with its n, method, missing-data rule and files. */
export function Report({ view, fileOf }: { view: CohortView; fileOf: (name: string) => string }) {
  const n = `n = ${view.inSet} ${view.summary.analysisSet}`
  const improvements = deriveImprovementFigures(view)
  return (
    <>
      <FactsStrip view={view} />
      {view.isPooled && (
        <p className="report-problem">
          Results by arm are closed until the study is locked; pooled results shown. No participant is named,
          so there are no bars by participant.
        </p>
      )}
      <Figure
        id="completeness"
        title="Completeness"
        n={`${n}, expected by the data cut`}
        files={[{ label: 'CSV', href: fileOf('completeness.csv') }]}
        note={`${describeMissing(view)} – not scheduled. Expected: everyone in the set whose window has closed. ${describeSource(view)}`}
      >
        <div className="body">
          <CompletenessMatrix view={view} />
        </div>
      </Figure>
      <TrajectoryFigure view={view} fileOf={fileOf} />
      {improvements.map((figure, index) => (
        <ImprovementFigureView
          key={figure.instrument.code}
          view={view}
          figure={figure}
          number={index + 2}
          fileOf={fileOf}
        />
      ))}
      {!view.isPooled && view.members === null && (
        <p className="report-problem">
          Your role does not see which arm a participant is in, so there are no lines or bars by participant.
        </p>
      )}
      {listReportTables(view).map(({ name, title, table, note }, index) => (
        <Figure
          key={name}
          id={name}
          title={`Table ${index + 1}. ${title}`}
          n={n}
          files={[{ label: 'CSV', href: fileOf(`${name}.csv`) }]}
          note={note}
        >
          <div className="body">
            <ReportTableView table={table} label={title} minWidth="table-large" />
          </div>
        </Figure>
      ))}
    </>
  )
}
