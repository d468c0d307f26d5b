import { Worker } from 'node:worker_threads'
import type { ReplayJob } from './past-replay'

/** Replays in a thread of its own, so that pages and saves go on meanwhile. Only in a built server, as exports are made. */
export function replayInThread(job: ReplayJob): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./past-worker.ts', import.meta.url), { workerData: job })
    worker.once('error', reject)
    worker.once('exit', code =>
      code === 0 ? resolve() : reject(new Error(`the replay ended early with code ${code}`)),
    )
  })
}
