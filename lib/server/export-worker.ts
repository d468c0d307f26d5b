import { parentPort, workerData } from 'node:worker_threads'
import { type ExportJob, makeExport } from './export-files'

parentPort?.postMessage(makeExport(workerData as ExportJob))
