import { ScrollBox } from '@/app/_ui/scroll-box'
import { formatInstant } from '@/lib/format/dates'
import type { SinceLine } from '@/lib/schemas/since-view'
import { LineLinks } from './line-links'

/** Values that were there before and are different now. */
export function CorrectedTable({ study, lines }: { study: string; lines: readonly SinceLine[] }) {
  if (lines.length === 0) return null
  return (
    <section className="mt-4">
      <h2>Corrected values</h2>
      <ScrollBox label="Corrected values" className="mt-2">
        <table className="hov min-w-180">
          <thead>
            <tr>
              <th scope="col">Participant</th>
              <th scope="col">Value</th>
              <th scope="col">Before</th>
              <th scope="col">Now</th>
              <th scope="col">Changed</th>
              <th scope="col">Reason</th>
              <th scope="col">
                <span className="sr-only">Ways to it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(line => (
              <tr key={line.key}>
                <td className="whitespace-nowrap">{line.subject}</td>
                <td>{line.summary}</td>
                <td>{line.values[0]?.old || '–'}</td>
                <td>{line.values[0]?.now || '–'}</td>
                <td className="whitespace-nowrap">
                  {formatInstant(line.at)}, {line.actor}
                </td>
                <td>{line.reason ?? '–'}</td>
                <td>
                  <LineLinks study={study} line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}
