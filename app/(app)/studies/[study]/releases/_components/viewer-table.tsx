import { ScrollBox } from '@/app/_ui/scroll-box'
import { formatInstant } from '@/lib/format/dates'
import { formatRole } from '@/lib/format/roles'
import type { ViewerByArm } from '@/lib/schemas/releases'

/** Who saw results by arm, how often and when. */
export function ViewerTable({ viewers }: { viewers: readonly ViewerByArm[] }) {
  if (viewers.length === 0) return null
  return (
    <ScrollBox label="Who saw results by arm">
      <table className="min-w-160">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Times</th>
            <th scope="col">With masked arms</th>
            <th scope="col">While locked</th>
            <th scope="col">First</th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>
          {viewers.map(({ name, role, times, maskedTimes, lockedTimes, first, last }) => (
            <tr key={`${name} ${role} ${first}`}>
              <th scope="row">{name}</th>
              <td>{formatRole(role)}</td>
              <td>{times}</td>
              <td>{maskedTimes}</td>
              <td>{lockedTimes}</td>
              <td className="nw">{formatInstant(first)}</td>
              <td className="nw">{formatInstant(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
