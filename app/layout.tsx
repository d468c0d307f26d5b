import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { inter, interExtended } from './fonts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Longitude', template: '%s · Longitude' },
  description: 'Outcome tracker for clinical trials',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, date: false, address: false, email: false },
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made at build time carries no nonce, and its scripts would be refused.
  await connection()
  return (
    <html lang="en" className={`${inter.variable} ${interExtended.variable}`}>
      <body>{children}</body>
    </html>
  )
}
