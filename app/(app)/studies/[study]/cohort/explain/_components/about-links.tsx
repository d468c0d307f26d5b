import { EVENT_CLASSES } from '@/lib/domain/safety/safety-summary'
import type { CohortControls } from '@/lib/schemas/cohort'
import { type ExplainSubject, formatAboutQuery } from '@/lib/schemas/explain-about'
import { EVENTS_OF } from './about-words'

/** What can be explained: a number, everybody screened, or adverse events by class. `here` null: a number. */
export function AboutLinks(props: { controls: CohortControls; here: ExplainSubject | null; path: string }) {
  const { controls, here, path } = props
  const events = EVENT_CLASSES.map(name => ({ about: 'events' as const, class: name }))
  const choices: readonly (readonly [ExplainSubject | null, string])[] = [
    [null, 'A score or rule'],
    [{ about: 'participants' }, 'Everybody screened'],
    ...events.map(subject => [subject, EVENTS_OF[subject.class]] as const),
  ]
  const current = formatAboutQuery(controls, here)
  return (
    <nav aria-label="What is explained" className="lk mb-3 flex flex-wrap gap-3">
      {choices.map(([subject, label]) => {
        const query = formatAboutQuery(controls, subject)
        return (
          <a
            key={label}
            href={query ? `${path}?${query}` : path}
            aria-current={query === current ? 'page' : undefined}
          >
            {label}
          </a>
        )
      })}
    </nav>
  )
}
