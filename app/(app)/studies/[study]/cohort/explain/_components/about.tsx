import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatDate } from '@/lib/format/dates'
import { describePooledReason } from '@/lib/format/masking'
import type { AboutAsked, AboutPage } from '@/lib/schemas/explain-about'
import { AboutEvents } from './about-events'
import { AboutLinks } from './about-links'
import { AboutPeople } from './about-people'
import { EVENTS_OF } from './about-words'

/** Who stands behind the flow of participants, or behind a line of the adverse events. */
export function About({ page, asked, path }: { page: AboutPage; asked: AboutAsked; path: string }) {
  const { explained, synthetic, dataCut, asOf, version, softwareVersion } = page
  const sources = [
    `data cut ${formatDate(dataCut)}`,
    `as of entry ${asOf}`,
    `protocol ${version}`,
    `software ${softwareVersion}`,
  ]
  const notices = describeAbout(page)
  return (
    <>
      <header className="head">
        <div>
          <div className="tline">
            <h1>Explain this number</h1>
            {synthetic && <SyntheticBadge />}
            <span className="chip">{page.lockedAt === null ? 'Interim' : 'Locked'}</span>
          </div>
          <p className="ink">
            {explained.about === 'events' ? EVENTS_OF[explained.class] : 'Everybody screened'}
          </p>
          <p>{sources.join(', ')}</p>
        </div>
      </header>
      <AboutLinks controls={asked.controls} here={asked.subject} path={path} />
      {notices.length > 0 && (
        <ul className="report-problem view-notice">
          {notices.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {explained.about === 'events' ? (
        <AboutEvents {...{ page, explained, asked, path }} />
      ) : (
        <AboutPeople {...{ page, explained, asked, path }} />
      )}
    </>
  )
}

/** Of the view only the subgroup changes who is counted. */
function describeAbout({ view, armsReason }: AboutPage): string[] {
  const { subgroup, leftOut } = view
  return [
    ...(armsReason ? [describePooledReason(armsReason)] : []),
    ...(subgroup
      ? [
          `Subgroup ${subgroup.factorLabel.toLowerCase()}: ${subgroup.levelLabel}; ${leftOut.bySubgroup} of the set are left out.`,
        ]
      : []),
    ...(leftOut.restrictedSince > 0
      ? [`Asked since then that nothing be used any further, and left out: ${leftOut.restrictedSince}.`]
      : []),
  ]
}
