import { hash, verify } from '@node-rs/argon2'

const MINIMUM = 12
const MAXIMUM = 128

/** argon2id with 19 MiB and 2 passes; the encoded hash carries the parameters. */
const ARGON2 = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const

/** Parts that make a password guessable however long it is. */
const BLOCKED = [
  'password',
  'passwort',
  'longitude',
  'qwertyuiop',
  'qwertzuiop',
  'letmein',
  'iloveyou',
  'welcome',
  'administrator',
  '1234567890',
  '0123456789',
  '1111111111',
  '0000000000',
  'abcdefghij',
  'changeme',
] as const

/** Why a password cannot be used, as a text for its field; null when it can. No composition rules. */
export function checkPassword(password: string, email: string): string | null {
  const length = [...password].length
  if (length < MINIMUM) return `Use at least ${MINIMUM} characters; this has ${length}.`
  if (length > MAXIMUM) return `Use at most ${MAXIMUM} characters; this has ${length}.`
  const plain = password.toLowerCase()
  const blocked = BLOCKED.find(part => plain.includes(part) && plain.length - part.length < MINIMUM - 4)
  if (blocked) return `“${blocked}” is among the first things an attacker tries. Choose other words.`
  if (new Set(plain).size < 5) return 'Use at least five different characters.'
  const name = email.toLowerCase().split('@')[0] ?? ''
  if (name.length > 3 && plain.includes(name)) return 'Do not use your e-mail address in the password.'
  return null
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2)
}

const decoy = hash('no account has this password', ARGON2)

/** Checks a password; with no stored hash it works as long and answers false, so that unknown accounts look the same. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await decoy), password)
  return stored !== null && matches
}
