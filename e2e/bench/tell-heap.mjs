/** Loaded into a server under measurement: tells the heap that is left after a full collection, when asked. */
process.on('message', message => {
  if (message !== 'heap') return
  globalThis.gc?.()
  process.send?.({ heapUsed: process.memoryUsage().heapUsed })
})
