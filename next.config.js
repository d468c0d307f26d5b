// Builds and servers run in hospitals: nothing is reported to anybody.
process.env.NEXT_TELEMETRY_DISABLED = '1'

const everyAnswer = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not no-referrer: it sends `Origin: null` with forms, which the origin check refuses.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
]

/** @type {import('next').NextConfig} */
export default {
  serverExternalPackages: [
    ...['better-sqlite3', '@node-rs/argon2', '@resvg/resvg-js', 'pdfmake'],
    // Packed, they give another last bit: the page and the command line must say the same number.
    ...['@stdlib/stats-base-dists-beta', '@stdlib/stats-base-dists-t'],
  ],
  poweredByHeader: false,
  typedRoutes: false,
  reactStrictMode: true,
  // `npm run check` has the types of the whole tree; a server installed without development packages has none.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [
      { source: '/:path*', headers: everyAnswer },
      {
        source: '/_next/static/:path*',
        headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
      },
    ]
  },
}
