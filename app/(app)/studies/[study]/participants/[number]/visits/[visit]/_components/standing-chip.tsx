import type { VisitStanding } from '@/lib/domain/protocol/visit-state'
import { chipOf } from '../../../../_components/wording'

/** Where the visit stands, in words. */
export function StandingChip({ standing, hasEntries }: { standing: VisitStanding; hasEntries: boolean }) {
  const [tone, text] = describeStanding(standing, hasEntries)
  return <span className={`chip ${tone}`}>{text}</span>
}

function describeStanding(standing: VisitStanding, hasEntries: boolean): readonly [string, string] {
  const { daysLeft, daysPast, opensInDays } = standing
  switch (standing.state) {
    case 'complete':
      return ['ok', 'Complete']
    case 'missed':
      return ['', 'Missed']
    case 'none':
      return ['', chipOf(standing).text]
    case 'partly':
      return ['acc', 'Partly entered']
    case 'overdue':
      return ['danger', `${daysPast} ${daysPast === 1 ? 'day' : 'days'} past window`]
    case 'closing':
      return ['warn', describeClosing(daysLeft ?? 0)]
    case 'open':
      return ['acc', 'Open']
    case 'notOpen':
      if (hasEntries) return ['acc', 'Entered early']
      return [
        '',
        opensInDays === null
          ? 'Not open yet'
          : `Opens in ${opensInDays} ${opensInDays === 1 ? 'day' : 'days'}`,
      ]
  }
}

export function describeClosing(daysLeft: number): string {
  if (daysLeft === 0) return 'Closes today'
  return daysLeft === 1 ? 'Closes tomorrow' : `Closes in ${daysLeft} days`
}
