import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '@/db/client'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted, refused } from '@/db/testing/results'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { ok } from '@/lib/domain/shared/result'
import { SaveVisit } from '@/lib/schemas/visits'
import { readSummary } from './cohort'
import { recordCohortLook } from './cohort-looks'
import { readCohortView, readCohortViewPrepared } from './cohort-view'
import { type Ctx, operatorContext } from './context'
import { type ReplayJob, replayToFile } from './past-replay'
import { leaveReplaysToThreads } from './past-states'
import { readPrepared } from './prepared-states'
import { readSince, readSincePrepared } from './since'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let ctx: Ctx
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, SMALL_PROTOCOL)
  ctx = operatorContext(test.db)
  leaveReplaysToThreads(test.db)
})
afterEach(() => test.remove())

const PEOPLE = 150
const nprs = (average: number) => ({ nprs: { NPRS_AVG: { value: average }, NPRS_WORST: { value: 9 } } })
function seed(people: number): void {
  for (let index = 1; index <= people; index += 1) {
    const id = seedEnrolled(test.db, study, { number: `MEL-${String(index).padStart(3, '0')}`, site: 'MEL' })
    seedVisit(test.db, study, id, { code: 'BL', date: '2025-10-10', forms: nprs(7) })
  }
}
const head = () =>
  Number(test.sqlite.prepare("SELECT max(seq) FROM audit_entries WHERE chain = 'study/SMALL'").pluck().get())
const foldersLeft = () => readdirSync(dirname(test.file)).filter(name => name.startsWith('.state-'))

/** The server's own worker, started as TypeScript. */
function replayInWorker(job: ReplayJob): Promise<void> {
  const file = JSON.stringify(new URL('./past-worker.ts', import.meta.url).href)
  const code = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, workerData: job })
    worker.once('error', reject)
    worker.once('exit', exit => (exit === 0 ? resolve() : reject(new Error(`code ${exit}`))))
  })
}

/** Counts what was asked of it. */
function counted(work = async (job: ReplayJob) => replayToFile(job)) {
  const jobs: ReplayJob[] = []
  let running = 0
  let most = 0
  const replay = async (job: ReplayJob) => {
    jobs.push(job)
    running += 1
    most = Math.max(most, running)
    await new Promise(resolve => setImmediate(resolve))
    try {
      await work(job)
    } finally {
      running -= 1
    }
  }
  return { jobs, replay, most: () => most }
}

const summaryOf = (asOf: number, replay: (job: ReplayJob) => Promise<void>, reader = ctx) =>
  readPrepared(
    reader,
    { study: 'SMALL', entries: [asOf] },
    () => readSummary(reader, { study: 'SMALL', asOf, dataCut: '2026-04-16' }),
    replay,
  )
/** As the command line reads it: on a connection of its own, at once. */
function summaryAtOnce(asOf: number): unknown {
  const own = openDatabase(test.file)
  try {
    return accepted(readSummary(operatorContext(own.db), { study: 'SMALL', asOf, dataCut: '2026-04-16' }))
  } finally {
    own.close()
  }
}

function enter(number: string, average: string) {
  const posted = {
    ...{ study: 'SMALL', number, visit: 'M1', reason: '' },
    '~visit': { date: ['16 Nov 2025'], version: [''] },
    nprs: { NPRS_AVG: [average], NPRS_WORST: ['9'], '~version': [''] },
  }
  return saveVisit(ctx, SaveVisit.parse(posted))
}

describe('a past state on a server', () => {
  it('is made in a thread of its own while saves are answered, and gives the bytes of the command line', async () => {
    seed(PEOPLE)
    const past = head()
    let saves = 0
    let isDone = false
    const reading = summaryOf(past, replayInWorker).finally(() => {
      isDone = true
    })
    while (!isDone) {
      if (saves < PEOPLE) accepted(enter(`MEL-${String(++saves).padStart(3, '0')}`, '3'))
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(saves).toBeGreaterThan(10)
    const shown = accepted(await reading)
    expect(JSON.stringify(shown)).toBe(JSON.stringify(summaryAtOnce(past)))
    expect(shown.asOf).toBe(past)
    expect(foldersLeft()).toEqual([])
  }, 60_000)

  it('is made once for all who ask for it, and one after the other', async () => {
    seed(3)
    const past = head()
    const { jobs, replay, most } = counted()
    const all = [past - 1, past - 2, past - 1, past - 3, past - 1].map(seq => summaryOf(seq, replay))
    expect((await Promise.all(all)).map(read => accepted(read).asOf)).toEqual([
      ...[past - 1, past - 2, past - 1, past - 3, past - 1],
    ])
    expect(jobs.map(({ seq }) => seq)).toEqual([past - 1, past - 2, past - 3])
    expect(most()).toBe(1)
    accepted(await summaryOf(past - 1, replay))
    expect(jobs).toHaveLength(3)
    expect(foldersLeft()).toEqual([])
  })

  it('is read by those who waited one after the other, with room for others in between', async () => {
    seed(1)
    const past = head() - 1
    let ticks = 0
    let isDone = false
    const tick = () => {
      ticks += 1
      if (!isDone) setImmediate(tick)
    }
    tick()
    const { replay } = counted()
    const wanted = { study: 'SMALL', entries: [past] }
    const read = () => ok(ticks)
    const at = await Promise.all([1, 2, 3].map(() => readPrepared(ctx, wanted, read, replay)))
    isDone = true
    expect(new Set(at.map(accepted)).size).toBe(3)
  })

  it('is made again when others pushed it out, and refused when too many wait', async () => {
    seed(6)
    const past = head()
    const { jobs, replay } = counted()
    for (const back of [1, 2, 3, 4, 5, 1]) accepted(await summaryOf(past - back, replay))
    expect(jobs).toHaveLength(6)
    const crowd = Array.from({ length: 12 }, (_, index) => summaryOf(past - 6 - index, replay))
    const answers = await Promise.all(crowd)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(8)
    for (const answer of answers.filter(({ ok }) => !ok))
      expect(refused(answer)).toMatchObject({ code: 'notPossible', text: expect.stringContaining('minute') })
  })

  it('is not begun for who may not read results, nor for an entry that is not there, nor for the present', async () => {
    seed(1)
    const { jobs, replay } = counted()
    const monitor = contextFor(test.db, seedUser(test.db, { role: 'monitor', study }))
    expect(refused(await summaryOf(head() - 1, replay, monitor)).code).toBe('notAllowed')
    const last = head()
    for (const seq of [0, -1, last + 1, Number.NaN])
      expect(refused(await summaryOf(seq, replay))).toMatchObject({
        code: 'invalidInput',
        fields: [{ field: 'asOf' }],
      })
    expect(accepted(await summaryOf(last, replay)).asOf).toBe(last)
    expect(jobs).toEqual([])
  })

  it('is never replayed on the thread that answers everybody', () => {
    seed(1)
    const read = () => readSummary(ctx, { study: 'SMALL', asOf: head() - 1 })
    expect(read).toThrow('entry')
  })

  it('whose replay fails is refused with the number of the request, and can be asked for again', async () => {
    seed(1)
    const past = head() - 1
    const broken = counted(async () => {
      throw new Error('no room on the disk')
    })
    const [first, second] = await Promise.all([
      summaryOf(past, broken.replay, { ...ctx, requestId: 'one' }),
      summaryOf(past, broken.replay, { ...ctx, requestId: 'two' }),
    ])
    expect([refused(first), refused(second)]).toEqual([
      { code: 'unexpected', requestId: 'one', act: 'read' },
      { code: 'unexpected', requestId: 'two', act: 'read' },
    ])
    expect(broken.jobs).toHaveLength(1)
    const missing = { ...ctx, requestId: 'three' }
    const elsewhere = (job: ReplayJob) => replayInWorker({ ...job, databaseFile: `${job.databaseFile}.none` })
    expect(refused(await summaryOf(past, elsewhere, missing))).toMatchObject({ requestId: 'three' })
    expect(foldersLeft()).toEqual([])
    expect(accepted(await summaryOf(past, counted().replay)).asOf).toBe(past)
  })
})

describe('the pages of results', () => {
  it('ask for the state that their address names', async () => {
    seed(2)
    const past = head() - 1
    const { jobs, replay } = counted()
    const given = { asOf: String(past), dataCut: '2026-04-16' }
    const shown = accepted(await readCohortViewPrepared(ctx, 'SMALL', given, replay))
    expect(shown.summary.asOf).toBe(past)
    expect(JSON.stringify(shown)).toBe(JSON.stringify(accepted(readCohortView(ctx, 'SMALL', given))))
    const reader = contextFor(test.db, seedUser(test.db, { role: 'dataManager', study }))
    const morning = { ...reader, now: '2026-04-16T08:30:00.000Z' } as Ctx
    const evening = { ...reader, now: '2026-04-16T18:30:00.000Z' } as Ctx
    accepted(recordCohortLook(morning, 'SMALL'))
    const seen = head()
    accepted(enter('MEL-001', '3'))
    accepted(recordCohortLook(evening, 'SMALL'))
    const since = accepted(await readSincePrepared(evening, { study: 'SMALL' }, replay))
    expect(since.since).toMatchObject({ kind: 'since', from: { seq: seen }, to: { seq: head() } })
    expect(since).toEqual(accepted(readSince(evening, { study: 'SMALL' })))
    expect(jobs.map(({ seq }) => seq)).toEqual([past, seen])
  })
})
