import { Worker } from 'node:worker_threads'
import type { ExportJob, MadeExport } from './export-files'

/**
 * Makes an export in a thread of its own, so that pages and saves go on meanwhile. Only in a built server: a worker
 * written in TypeScript does not start elsewhere.
 */
export function makeExportInThread(job: ExportJob): Promise<MadeExport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./export-worker.ts', import.meta.url), { workerData: job })
    worker.once('message', (made: MadeExport) => resolve(made))
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the export ended early with code ${code}`)))
  })
}
