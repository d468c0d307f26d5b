import { randomUUID } from 'node:crypto'
import { withInstallation } from '@/db/testing/installation'
import { type FormFields, formDataOf, readHiddenFields } from '../fixtures/native-form'

const STUDY = 'ADMSC'

/** A save that the server said was stored. */
export interface Acknowledged {
  readonly number: string
  readonly average: number
  readonly worst: number
}

export interface Writer {
  readonly address: string
  readonly cookie: string
}

/** What a stream of saves came to when the server was gone. */
export interface Stream {
  readonly acknowledged: readonly Acknowledged[]
  /** Posts that were under way and got no answer. */
  readonly cut: number
}

/** The forms as a browser had them open; each post of theirs has a key of its own. */
async function openForms({ address, cookie }: Writer): Promise<{ register: FormFields; visit: FormFields }> {
  const read = async (path: string, label: string) => {
    const page = await fetch(`${address}/studies/${STUDY}/participants/${path}`, { headers: { cookie } })
    return readHiddenFields(await page.text(), label)
  }
  return {
    register: await read('register', 'Register participant'),
    visit: await read('MEL-013/visits/BL', 'MEL-013, Baseline'),
  }
}

/**
 * Registers one participant after the other and enters the baseline of each, until the server is gone.
 * `onSave` is told of each acknowledged save.
 */
export async function saveUntilCut(writer: Writer, seed: number, onSave: () => void): Promise<Stream> {
  const forms = await openForms(writer)
  const acknowledged: Acknowledged[] = []
  for (let turn = seed; ; turn += 1) {
    const registered = await post(writer, 'register', registration(forms.register))
    if (registered === null) return { acknowledged, cut: 1 }
    const number = registered.split('/').at(-1) ?? ''
    const worst = turn % 11
    const average = Math.min(worst, (turn * 7) % 11)
    const fields = visit(forms.visit, { number, average, worst })
    const saved = await post(writer, `${number}/visits/BL`, fields)
    if (saved === null) return { acknowledged, cut: 1 }
    acknowledged.push({ number, average, worst })
    onSave()
  }
}

/** Where the answer leads; null when the connection was cut. Anything but 303 is a failure of the test itself. */
async function post({ address, cookie }: Writer, path: string, fields: FormFields): Promise<string | null> {
  const answer = await fetch(`${address}/studies/${STUDY}/participants/${path}`, {
    method: 'POST',
    headers: { cookie, origin: address },
    body: formDataOf(fields),
    redirect: 'manual',
  }).catch(() => null)
  if (answer === null) return null
  if (answer.status !== 303) throw new Error(`${path} was answered with ${answer.status}`)
  return answer.headers.get('location')
}

function registration(hidden: FormFields): FormFields {
  // A criterion's blank field comes after its answer in the page, and says that it was there to be answered.
  const others = hidden.filter(([name]) => !name.startsWith('eligibility.'))
  const criteria = { I1: 'yes', I2: 'yes', I3: 'yes', E1: 'no', E2: 'no', E3: 'no', E4: 'no' }
  return [
    ...afresh(others),
    ['consentVersion', '1.0'],
    ['consentDate', '2026-01-05'],
    ...Object.entries(criteria).map(([code, answer]): [string, string] => [`eligibility.${code}`, answer]),
    ['takesPart', 'yes'],
    ['ageAtConsent', '50'],
    ['sex', 'female'],
  ]
}

function visit(hidden: FormFields, save: Acknowledged): FormFields {
  return [
    ...afresh(hidden).map(([name, value]): [string, string] =>
      name === 'number' ? [name, save.number] : [name, value],
    ),
    ['~visit.date', '2026-01-06'],
    ['nprs.NPRS_AVG', String(save.average)],
    ['nprs.NPRS_WORST', String(save.worst)],
    ['goTo', 'list'],
  ]
}

function afresh(hidden: FormFields): FormFields {
  return hidden.map(([name, value]) => [name, name === '_submission' ? randomUUID() : value])
}

/** Acknowledged saves that the database does not hold whole: scores as sent, and the audit entry of each record. */
export function findLost(file: string, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  return withInstallation(file, ({ sqlite }) => {
    const scores = sqlite
      .prepare(
        `SELECT s.value FROM scores s JOIN participants p ON p.id = s.participant_id
         WHERE p.number = ? AND s.visit = 'BL' AND s.parameter LIKE 'NPRS%' ORDER BY s.parameter`,
      )
      .pluck()
    const entries = sqlite
      .prepare("SELECT entity FROM audit_entries WHERE subject = ? AND act = 'insert' ORDER BY id")
      .pluck()
    return acknowledged.flatMap(({ number, average, worst }) => {
      const stored = JSON.stringify(scores.all(number))
      const audited = new Set(entries.all(number))
      const isWhole = ['participants', 'visits', 'assessments'].every(entity => audited.has(entity))
      return stored === JSON.stringify([average, worst]) && isWhole ? [] : [number]
    })
  })
}
