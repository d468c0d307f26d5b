import { type NextRequest, NextResponse } from 'next/server'
import { FORM_POST_HEADER } from './lib/schemas/form-state'

// Headers only. Whether somebody may see an answer is decided in lib/server, never here.
const isDevelopment = process.env.NODE_ENV === 'development'

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    // React's development build evaluates text for its error overlay.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self'",
    isDevelopment ? "style-src-elem 'self' 'unsafe-inline'" : `style-src-elem 'self' 'nonce-${nonce}'`,
    // Widths and positions of marks are style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  // Next reads the nonce for its own scripts from the policy of the request.
  headers.set('Content-Security-Policy', policy)
  headers.set('x-nonce', nonce)
  // Pages are not told their method otherwise; what a caller claims is overwritten.
  const isFormPost = request.method === 'POST' && !request.headers.has('next-action')
  headers.set(FORM_POST_HEADER, isFormPost ? 'yes' : 'no')
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('Cache-Control', 'no-store')
  return response
}

// Files of the build carry no data and may be kept; next.config.js sets their headers.
export const config = { matcher: ['/((?!_next/static/).*)'] }
