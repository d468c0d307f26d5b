import { rmSync } from 'node:fs'

/** After the last journey: removes the database that the configuration had made. */
export default function removeData() {
  if (process.env.E2E_DATA) rmSync(process.env.E2E_DATA, { recursive: true, force: true })
}
