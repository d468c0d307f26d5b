import type { ReactNode } from 'react'

/** The frame of the pages before sign-in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="door">
      <p className="brand">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="8" />
          <path d="M10 2v16M10 2c-6 5-6 11 0 16M10 2c6 5 6 11 0 16" />
        </svg>
        <span>Longitude</span>
      </p>
      {children}
    </main>
  )
}
