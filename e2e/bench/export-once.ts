import { statSync } from 'node:fs'
import { join } from 'node:path'
import { withInstallation } from '@/db/testing/installation'
import { operatorContext } from '@/lib/server/context'
import { downloadExport } from '@/lib/server/export-downloads'
import { makeExport } from '@/lib/server/export-files'

/** A process of its own, so that its memory is the export's: FILE STUDY. Prints milliseconds, bytes and growth. */
const [file, study] = process.argv.slice(2)
if (!file || !study) throw new Error('FILE STUDY')

await withInstallation(file, async ({ db }) => {
  const ctx = operatorContext(db)
  const request = { study, dataCut: '', flavour: 'analysis' } as const
  const before = process.memoryUsage().rss
  const start = performance.now()
  let bytes = 0
  const made = await downloadExport(ctx, { ...request, file: 'scores_long.csv' }, async job => {
    const done = makeExport(job)
    bytes = statSync(join(job.folder, 'scores_long.csv')).size
    return done
  })
  if (!made.ok) throw new Error(`the export is refused: ${JSON.stringify(made.error)}`)
  const milliseconds = performance.now() - start
  await made.value.body.cancel()
  const growth = process.resourceUsage().maxRSS * 1024 - before
  process.stdout.write(JSON.stringify({ milliseconds, bytes, growth }))
})
