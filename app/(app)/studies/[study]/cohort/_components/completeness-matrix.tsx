import { ScrollBox } from '@/app/_ui/scroll-box'
import { addCompleteness, type PooledCompleteness } from '@/lib/domain/outcomes/pooled-completeness'
import { formatCount, formatPercent } from '@/lib/format/numbers'
import { formatMissing } from '@/lib/format/reasons'
import { type CohortView, listParameters, nameVisit } from './cohort-view'

/** Received of expected for each score and visit, the visits in window, and the reasons of what is missing. */
export function CompletenessMatrix({ view }: { view: CohortView }) {
  const codes = view.protocol.visits
    .map(visit => visit.code)
    .filter(code => view.completeness.some(row => row.some(cell => cell.visit === code)))
  const all = view.completeness.flat()
  const total = addCompleteness(all)
  return (
    <ScrollBox label="Received of expected">
      <table className="cmp table-medium">
        <thead>
          <tr>
            <th scope="col">Received / expected</th>
            {codes.map(code => (
              <th key={code} scope="col">
                {nameVisit(view, code)}
              </th>
            ))}
            <th scope="col" className="tot">
              Total
            </th>
            <th scope="col">%</th>
            <th scope="col">% in follow-up</th>
          </tr>
        </thead>
        <tbody>
          {listParameters(view).map(({ reported }, index) => {
            const cells = view.completeness[index] ?? []
            return (
              <tr key={reported.parameter.code}>
                <th scope="row">{reported.parameter.label}</th>
                {codes.map(code => (
                  <ReceivedCell key={code} cell={cells.find(cell => cell.visit === code)} />
                ))}
                <TotalCells total={addCompleteness(cells)} />
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">In window, of received</th>
            {codes.map(code => (
              <td key={code}>{showInWindow(addCompleteness(all.filter(cell => cell.visit === code)))}</td>
            ))}
            <td className="tot">{showInWindow(total)}</td>
            <td>{share(total.inWindow ?? 0, total.windowKnown)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  )
}

function ReceivedCell({ cell }: { cell: PooledCompleteness | undefined }) {
  if (!cell) return <td className="na">–</td>
  if (cell.expected === 0)
    return <td className="na">{cell.nEarly > 0 ? `${cell.nEarly} early` : 'not due'}</td>
  const isGap = cell.received < cell.expected
  return <td className={isGap ? 'gap' : undefined}>{formatCount(cell.received, cell.expected)}</td>
}

function TotalCells({ total }: { total: Omit<PooledCompleteness, 'visit'> }) {
  return (
    <>
      <td className="tot">{formatCount(total.received, total.expected)}</td>
      <td>{share(total.received, total.expected)}</td>
      <td>{share(total.received, total.expectedInFollowUp)}</td>
    </>
  )
}

function showInWindow({ inWindow, windowKnown, received }: Omit<PooledCompleteness, 'visit'>): string {
  if (received === 0) return '–'
  return inWindow === null ? 'not dated' : formatCount(inWindow, windowKnown)
}

function share(k: number, n: number): string {
  return n === 0 ? '–' : formatPercent(k / n)
}

/** Above this number of gaps only their sums are written; the file has each. */
const MOST_GAPS = 6

/** What is missing and why: each score and visit, or the sums where there are many. */
export function describeMissing(view: CohortView): string {
  const gaps = listParameters(view).flatMap(({ reported }, index) =>
    (view.completeness[index] ?? []).flatMap(({ visit, missing }) => {
      const reasons = listReasons(missing)
      return reasons === '' ? [] : [`${reported.parameter.label}, ${nameVisit(view, visit)}: ${reasons}`]
    }),
  )
  if (gaps.length === 0) return 'Nothing expected is missing.'
  if (gaps.length <= MOST_GAPS) return `Missing: ${gaps.join('; ')}.`
  const { missing } = addCompleteness(view.completeness.flat())
  return `Missing values: ${listReasons(missing)}; by score and visit in the CSV file.`
}

function listReasons(missing: Readonly<Record<string, number>>): string {
  return Object.entries(missing)
    .map(([reason, count]) => `${count} ${formatMissing(reason)}`)
    .join(', ')
}
