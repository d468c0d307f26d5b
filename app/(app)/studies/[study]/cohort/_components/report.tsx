import { type CohortView, describeSource } from './cohort-view'
import { CompletenessMatrix, describeMissing } from './completeness-matrix'
import { FactsStrip } from './facts-strip'
import { Figure } from './figure'
import { type FigureLinks, FigureView } from './figure-view'
import { ImprovementFigureView } from './improvement-figure'
import { deriveImprovementFigures } from './improvement-figure-data'
import { listNumberedFigures } from './numbered-figures'
import { REPORT_SECTIONS, SECTION_TITLES } from './report-figure'

/** All figures and tables of a cohort, each with its n, method, missing-data rule and files. */
export function Report({ view, links }: { view: CohortView; links: FigureLinks }) {
  const n = `n = ${view.inSet} ${view.summary.analysisSet}`
  const improvements = deriveImprovementFigures(view)
  const figures = listNumberedFigures(view)
  const source = describeSource(view)
  return (
    <>
      <FactsStrip view={view} />
      {view.isPooled && (
        <p className="report-problem">
          Results by arm are closed until the study is locked or they are released; pooled results shown. No
          participant is named, so there are no bars by participant.
        </p>
      )}
      <Figure
        id="completeness"
        title="Completeness"
        n={`${n}, expected by the data cut`}
        files={[{ label: 'CSV', href: links.fileOf('completeness.csv') }]}
        note={`${describeMissing(view)} – not scheduled. Expected: everyone in the set whose window has closed. ${source}`}
      >
        <div className="body">
          <CompletenessMatrix view={view} />
        </div>
      </Figure>
      {improvements.map((figure, index) => (
        <ImprovementFigureView
          key={figure.instrument.code}
          view={view}
          figure={figure}
          number={index + 2}
          fileOf={links.fileOf}
        />
      ))}
      {view.armsMasked && (
        <p className="report-problem">
          Arms are masked: the letters follow an order of this study’s own, the same for every reader. No
          participant and no treatment is named, and planned ratios are left out.
        </p>
      )}
      {!view.isPooled && !view.armsMasked && view.members === null && (
        <p className="report-problem">
          Your role does not see which arm a participant is in, so there are no lines or bars by participant.
        </p>
      )}
      {REPORT_SECTIONS.map(section => {
        const own = figures.filter(figure => figure.section === section)
        return own.length === 0 ? null : (
          <section key={section} id={section} aria-labelledby={`${section}-title`}>
            <h2 id={`${section}-title`}>{SECTION_TITLES[section]}</h2>
            {own.map(figure => (
              <FigureView key={figure.name} figure={figure} source={source} links={links} />
            ))}
          </section>
        )
      })}
    </>
  )
}
