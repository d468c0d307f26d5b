import { publicUrl } from './env'

/** Next only warns at a missing Origin; what changes something must come from this very site. */
export function isOwnOrigin(given: Pick<Headers, 'get'>): boolean {
  const origin = given.get('origin')
  if (!origin || origin === 'null' || !URL.canParse(origin)) return false
  const own = publicUrl()
  if (own) return new URL(own).origin === origin
  return new URL(origin).host === given.get('host')
}
