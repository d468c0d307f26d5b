import { getHeapCodeStatistics } from 'node:v8'

/**
 * Loaded into a server under measurement: tells, when asked, what a full collection leaves on the heap. Compiled code is not
 * counted: it grows for some hundred views, while V8 learns which functions are worth it, and holds nothing of a view.
 */
process.on('message', message => {
  if (message !== 'heap') return
  globalThis.gc?.()
  const code = getHeapCodeStatistics()
  const compiled = code.code_and_metadata_size + code.bytecode_and_metadata_size
  process.send?.({ heapUsed: process.memoryUsage().heapUsed - compiled })
})
