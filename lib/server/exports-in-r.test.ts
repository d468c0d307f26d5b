import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebR } from 'webr'
import { participants } from '@/db/schema/participants'
import { contextFor, seedStudy } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Summary } from '@/lib/domain/outcomes/summary-types'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { readSummary } from './cohort'
import { exportStudy } from './exports'
import { importFile } from './imports'

/** What a statistician does with the files: base R alone, by the rules that the codebook states. */
const SCRIPT = `
read <- function(name) read.csv(name, na.strings = "", stringsAsFactors = FALSE, check.names = TRUE, fileEncoding = "UTF-8")
scores <- read("scores_long.csv"); people <- read("participants.csv"); visits <- read("visits.csv"); wide <- read("scores_wide.csv")
set <- people$subject[people$in_analysis_set == 1]
used <- scores[scores$subject %in% set & scores$analysis_flag != "notUsed", ]
due <- visits[visits$subject %in% set & visits$due == 1, ]
lines <- c(paste("names", identical(names(wide), names(read.csv("scores_wide.csv", check.names = FALSE)))))
for (p in c("NPRS_AVG", "ODI")) for (a in c("ACTIVE", "SHAM")) for (v in c("BL", "M6", "M12")) {
  s <- used[used$parameter == p & used$arm == a & used$visit == v, ]
  expected <- union(due$subject[due$arm == a & due$visit == v], s$subject[s$analysis_flag %in% c("baseline", "analysis")])
  x <- s$value[!is.na(s$value)]
  ch <- s$change[!is.na(s$change)]
  hit <- sum(s$subject %in% expected & !is.na(s$percent_improvement) & s$percent_improvement >= 30 - 1e-9)
  w <- wide[[paste(p, v, sep = "_")]][wide$subject %in% set & wide$arm == a]
  stopifnot(isTRUE(all.equal(sort(as.numeric(w)), sort(as.numeric(x)))))
  t <- if (length(ch) > 1) t.test(ch) else list(statistic = NA, p.value = NA)
  lines <- c(lines, paste(p, a, v, length(expected), length(x), sprintf("%.17g", mean(x)), sprintf("%.17g", sd(x)),
    length(ch), sprintf("%.17g", mean(ch)), sprintf("%.17g", t$statistic), sprintf("%.17g", t$p.value), hit))
}
logs <- c("adverse_events", "medications", "interventions", "conditions", "harvests", "deviations", "appointments", "contacts", "consents", "departures", "event_reports")
for (file in paste0(logs, ".csv")) stopifnot(identical(names(read(file)), names(read.csv(file, check.names = FALSE))))
events <- read("adverse_events.csv")
reports <- read("event_reports.csv")
instant <- function(text) as.POSIXct(text, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
hours <- as.numeric(difftime(instant(reports$reported_at), instant(reports$aware_at), units = "hours"))
stopifnot(isTRUE(all.equal(hours, reports$hours_to_report)), identical(hours > 24, reports$late == 1))
of <- merge(reports, events, by = c("study", "site", "subject", "entry"))
lasted <- as.integer(as.Date(events$aeendat_day) - as.Date(events$aestdat_day)) + 1L
lines <- c(lines, paste("logs", nrow(events), sum(lasted), sum(events$aestdat_day_flag), nrow(read("contacts.csv")), events$aeterm[1]),
  paste("reports", nrow(of), sum(reports$late, na.rm = TRUE), sum(is.na(reports$late)), unique(of$aestdat)))
paste(lines, collapse = "\\n")
`

const PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  study: { ...SMALL_PROTOCOL.study, code: 'INR' },
  arms: [
    { code: 'ACTIVE', name: 'Active treatment', ratio: 1 },
    { code: 'SHAM', name: 'Sham, “placebo”', ratio: 1 },
  ],
  dayZero: 'enrolment',
  settings: { ...SMALL_PROTOCOL.settings, nprs: { decimals: true }, odi: { allowTotalOnly: true } },
}

let test: TestDb
let folder: string
let summary: Summary
let printed: string[]

beforeAll(async () => {
  test = createTestDb()
  folder = mkdtempSync(join(tmpdir(), 'longitude-in-r-'))
  seedStudy(test.db, PROTOCOL, { synthetic: true })
  const ctx = contextFor(test.db, { kind: 'operator' as const }, { now: '2024-12-29T08:30:00.000Z' }) as never
  const request = { study: 'INR', file: 'f.csv', mapping: null, register: true, reason: null, dryRun: false }
  const imported = importFile(ctx, { ...request, bytes: Buffer.from(makeFile()) })
  if (!imported.ok) throw new Error(JSON.stringify(imported.error))
  seedEvents()
  const exported = exportStudy(ctx, { study: 'INR', dataCut: '', flavour: 'analysis', out: folder })
  const read = readSummary(ctx, { study: 'INR' })
  if (!exported.ok || !read.ok) throw new Error('no export or no summary')
  summary = read.value
  printed = await runInR()
}, 120_000)

afterAll(() => {
  test.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Forty made-up people, by arithmetic: values absent, visits still open at the cut, baselines of 0, names with commas. */
function makeFile(): string {
  const lines = ['subject,site,arm,visit,visit_date,NPRS_AVG,NPRS_WORST,ODI']
  for (let i = 1; i <= 40; i++) {
    const arm = i % 2 === 0 ? 'SHAM' : 'ACTIVE'
    const year = i % 5 === 0 ? '2024-06' : '2023-06'
    const day = (month: string) => `${year.slice(0, 5)}${month}-${String((i % 27) + 1).padStart(2, '0')}`
    const base = (i * 7) % 9
    lines.push(
      `P${i},MEL,${arm},BL,${day('06')},${base + (i % 3) * 0.1},${Math.min(10, base + 1)},${(i * 13) % 60}`,
    )
    if (i % 7 !== 0)
      lines.push(`P${i},MEL,${arm},M6,${day('12')},${Math.max(0, base - (i % 4)) * 0.7},,${(i * 11) % 50}`)
    if (i % 5 !== 0 && i % 11 !== 0) lines.push(`P${i},MEL,${arm},M12,2024${day('06').slice(4)},${base},,`)
  }
  return `${lines.join('\n')}\n`
}

/** One event of a whole day, with two reports, and one of partial dates, in every other participant. */
function seedEvents(): void {
  const people = test.db.select({ id: participants.id }).from(participants).all()
  test.db.transaction(
    tx => {
      for (const { id } of people.filter((_, index) => index % 2 === 0)) {
        const answers = { AETERM: { value: 'Pain, “flare”\nat night' }, AEONGO: { value: false } }
        const place = { participantId: id, log: 'adverseEvents', confirmations: {} }
        const dated = (began: string, ended: string) =>
          insertRecord(tx, TEST_WRITER, 'log_entries', {
            ...place,
            answers: { ...answers, AESTDAT: { value: began }, AEENDAT: { value: ended } },
          })
        const { id: entryId } = dated('2024-01-05', '2024-01-14')
        dated('2024-02', '2024-03')
        const late = { reportedAt: '2024-01-07T09:00:30.000Z', reference: 'SAE, "late"' }
        const known = { entryId, awareAt: '2024-01-06T08:30:00.000Z' }
        insertRecord(tx, TEST_WRITER, 'event_reports', { ...known, kind: 'initial', ...late })
        insertRecord(tx, TEST_WRITER, 'event_reports', { ...known, kind: 'followUp', note: 'New, better' })
      }
    },
    { behavior: 'immediate' },
  )
}

async function runInR(): Promise<string[]> {
  const webR = new WebR()
  await webR.init()
  try {
    for (const name of readdirSync(folder)) {
      await webR.FS.writeFile(`/home/web_user/${name}`, readFileSync(join(folder, name)))
    }
    await webR.evalRVoid('setwd("/home/web_user")')
    return (await webR.evalRString(`{ ${SCRIPT} }`)).split('\n')
  } finally {
    webR.close()
  }
}

describe('the exported CSV, read by R', () => {
  it('keeps the names of its columns', () => {
    expect(printed[0]).toBe('names TRUE')
  })

  it('has the events with their days: 20 of 10 days, 20 from 1 Feb to 31 Mar 2024', () => {
    const days = 20 * 10 + 20 * (29 + 31)
    expect(printed.slice(13, 15).join(' ')).toBe(`logs 40 ${days} 20 0 Pain, “flare” at night`)
  })

  it('has the reports of the events: 20 late, 20 still to be made, each with the event of January', () => {
    expect(printed[15]).toBe('reports 40 20 20 2024-01-05')
  })

  it('gives the numbers of the summary: expected, n, means, change, t test and responders', () => {
    expect(printed).toHaveLength(16)
    for (const line of printed.slice(1, 13)) {
      const [parameter, arm, code, ...numbers] = line.split(' ')
      const [expected, n, mean, sd, nChange, meanChange, t, p, hits] = numbers.map(Number)
      const visit = summary.parameters
        .find(candidate => candidate.parameter === parameter)
        ?.arms.find(candidate => candidate.arm === arm)
        ?.visits.find(candidate => candidate.visit === code)
      expect(visit).toMatchObject({ expected, n })
      expectNear(visit?.mean, mean)
      expectNear(visit?.sdSample, sd)
      if (code === 'BL') continue
      expect(visit?.change?.n).toBe(nChange)
      expectNear(visit?.change?.mean, meanChange)
      expectNear(visit?.change?.pairedT.t, t)
      expectNear(visit?.change?.pairedT.pTwoSided, p)
      const rate = visit?.responders.find(
        ({ code: rule, method }) => rule === 'PAIN30' && method === 'nonResponderImputation',
      )
      if (rate) expect([rate.k, rate.n]).toEqual([hits, expected])
    }
  })
})

function expectNear(actual: number | null | undefined, expected: number | undefined): void {
  if (expected === undefined || Number.isNaN(expected)) expect(actual ?? null).toBeNull()
  else
    expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(expected)),
    )
}
