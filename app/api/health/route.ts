import { readHealth } from '@/lib/server/health'

export const dynamic = 'force-dynamic'

/** For monitors: 200 when the database answers and is sound, else 503. Says nothing of what it holds. */
export function GET(): Response {
  const health = readHealth()
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  })
}
