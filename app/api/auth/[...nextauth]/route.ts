import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions, EMAIL_COOKIE } from '@/lib/server/auth'

type Context = { params: Promise<{ nextauth: string[] }> }

async function handler(request: NextRequest, context: Context): Promise<Response> {
  return NextAuth(request as never, { params: await context.params } as never, authOptions())
}

export const GET = handler

/** As `handler`; a refused sign-in keeps the e-mail for five minutes, so that it need not be typed again. */
export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params
  const isSignIn = nextauth.join('/') === 'callback/credentials'
  const email = isSignIn ? (await request.clone().formData()).get('email') : null
  const response: Response = await handler(request, context)
  const failed = response.status === 401 || (response.headers.get('location') ?? '').includes('error=')
  if (!isSignIn || typeof email !== 'string') return response
  const kept = new Response(response.body, response)
  const value = failed ? encodeURIComponent(email.slice(0, 254)) : ''
  kept.headers.append(
    'Set-Cookie',
    `${EMAIL_COOKIE}=${value}; Path=/sign-in; Max-Age=${failed ? 300 : 0}; HttpOnly; SameSite=Lax`,
  )
  return kept
}
