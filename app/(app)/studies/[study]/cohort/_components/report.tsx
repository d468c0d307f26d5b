import { type CohortView, describeSource } from './cohort-view'
import { FactsStrip } from './facts-strip'
import { type FigureLinks, FigureView, placeFigures } from './figure-view'
import { listNumberedFigures } from './numbered-figures'
import { REPORT_SECTIONS, SECTION_TITLES } from './report-figure'

/** All figures and tables of a cohort, each with its n, method, missing-data rule and files, and how they were made. */
export function Report(props: { view: CohortView; links: FigureLinks; methods: readonly string[] }) {
  const { view, links, methods } = props
  const figures = listNumberedFigures(view)
  const source = describeSource(view)
  const sections = REPORT_SECTIONS.map(section => {
    const own = figures.filter(figure => figure.section === section)
    return { section, own, places: placeFigures(own) }
  }).filter(({ own }) => own.length > 0)
  return (
    <>
      <FactsStrip view={view} />
      <nav className="report-nav" aria-label="Parts of this page">
        {sections.map(({ section }) => (
          <a key={section} href={`#section-${section}`}>
            {SECTION_TITLES[section]}
          </a>
        ))}
        <a href="#methods">Methods</a>
      </nav>
      {sections.map(({ section, own, places }) => (
        <section
          key={section}
          id={`section-${section}`}
          className="report-section"
          aria-labelledby={`${section}-title`}
        >
          <h2 id={`${section}-title`}>{SECTION_TITLES[section]}</h2>
          {own.map((figure, index) => (
            <FigureView
              key={figure.name}
              figure={figure}
              source={source}
              links={links}
              place={places[index] ?? 'line'}
            />
          ))}
        </section>
      ))}
      <section id="methods" className="report-section" aria-labelledby="methods-title">
        <h2 id="methods-title">Methods</h2>
        {methods.map(text => (
          <p className="methods" key={text}>
            {text}
          </p>
        ))}
      </section>
    </>
  )
}
