import { parseArgs } from 'node:util'
import { benchCohort } from './cohort'
import { benchDraft } from './drafts'
import { benchExport, hasSqlite } from './export'
import type { Figure } from './measure'
import { benchPageWeight } from './page-weight'
import { benchNextVisit, benchParticipants } from './reads'
import { benchSave } from './save'
import { benchSignedRank } from './signed-rank'

/** Every figure as a ratio to a floor of the same run; `--json` prints them for programs. */
const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values

if (!hasSqlite()) {
  console.error(
    'The bench needs the program sqlite3, against which exports are measured. Install it and try again.',
  )
  process.exit(2)
}

const figures: Figure[] = [
  ...benchSave(),
  benchDraft(),
  ...(await benchCohort()),
  benchSignedRank(),
  benchParticipants(),
  benchNextVisit(),
  ...(await benchExport()),
  await benchPageWeight(),
]

if (json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
else {
  console.table(
    figures.map(({ name, value, floor, ratio, goal, unit }) => ({
      name,
      value: `${value.toFixed(2)} ${unit}`,
      floor: `${floor.toFixed(2)} ${unit}`,
      ratio: ratio.toFixed(2),
      goal: goal ?? '',
      met: goal === null ? '' : ratio <= goal ? 'yes' : 'no',
    })),
  )
}
