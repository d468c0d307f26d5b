import { workerData } from 'node:worker_threads'
import { type ReplayJob, replayToFile } from './past-replay'

try {
  replayToFile(workerData as ReplayJob)
} catch (error) {
  // The driver's own errors reach the other thread without their place.
  throw Object.assign(new Error('the replay failed'), { stack: error instanceof Error ? error.stack : '' })
}
