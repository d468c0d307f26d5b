import { keepPassword } from '@/db/commands/sessions'
import type { AddUser } from '@/lib/schemas/users'
import { contextFor, type SeededUser, seedStudy, seedUser } from './factories'
import { createTestDb, TEST_NOW, type TestDb } from './test-db'

export const PASSWORD = 'correct horse battery staple'

/** A study and an administrator, Ada: accounts can be added. */
export function openAccountDesk() {
  const test = createTestDb()
  const study = seedStudy(test.db)
  const administrator = seedUser(test.db, { role: 'administrator', name: 'Ada' })
  return { test, study, administrator, admin: contextFor(test.db, administrator) }
}

/** Ann, whose password is the one that was hashed: it is possible to sign in. */
export function openSignInDesk(hashed: string) {
  const test = createTestDb()
  const ann = seedSigner(test, 'Ann', hashed)
  return { test, ann, email: String(test.sqlite.prepare('SELECT email FROM users').pluck().get()) }
}

/** Another account with that password. */
export function seedSigner(test: TestDb, name: string, hashed: string): SeededUser {
  const user = seedUser(test.db, { role: 'administrator', name })
  test.db.transaction(tx => keepPassword(tx, user.userId, hashed, TEST_NOW))
  return user
}

export interface SignInAttempt {
  readonly email: string
  readonly password: string
  readonly address: string
  readonly now: string
  readonly requestId: string
}

/** An attempt to sign in, with the right password unless it says otherwise. */
export const typeSignIn = (email: string, change: Partial<SignInAttempt> = {}): SignInAttempt => ({
  email,
  password: PASSWORD,
  address: '192.0.2.1',
  now: TEST_NOW,
  requestId: 'r',
  ...change,
})

/** What the audit tells apart from changes of records: signing in and out. */
export const listActs = (test: TestDb) =>
  test.sqlite.prepare('SELECT act FROM audit_entries WHERE entity IS NULL ORDER BY id').pluck().all()

/** The account that is added unless the input says otherwise. */
export const BOB: AddUser = {
  email: 'bob@example.org',
  name: 'Bob',
  role: 'coordinator',
  study: 'SMALL',
  site: 'MEL',
}

export const listRows = (test: TestDb, table: string) => test.sqlite.prepare(`SELECT * FROM ${table}`).all()

/** The token in the link that an answer gives, beside the answer. */
export const withToken = <T extends { readonly link: string | null }>(answer: T) => ({
  ...answer,
  token: answer.link?.split('token=')[1] ?? '',
})
