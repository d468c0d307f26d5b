import type { CohortView } from './cohort-view'
import type { FigureLinks } from './figure-view'

/** Where the figures of a view lead: all addresses carry the view, so that what opens is of the same numbers. */
export function makeFigureLinks(
  view: CohortView & { readonly query: string; readonly opensParticipants: boolean },
  path: string,
): FigureLinks {
  const participants = `/studies/${view.summary.study}/participants`
  return {
    fileOf: name => `${path}/figures/${name}?${view.query}`,
    explainOf: explain => {
      const about = new URLSearchParams(view.query)
      about.delete('parameter')
      about.delete('visit')
      for (const [name, value] of Object.entries(explain)) if (value) about.set(name, value)
      return `${path}/explain?${about}`
    },
    // Who works at another site stands under a made-up label with spaces, which no number has.
    participantOf: view.opensParticipants
      ? subject => (subject.includes(' ') ? null : `${participants}/${encodeURIComponent(subject)}`)
      : undefined,
  }
}
