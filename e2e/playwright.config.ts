import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { provideChromium } from './find-chromium'
import { findFreePort } from './free-port'

// Workers load this file again: what the first load decided is handed down in the environment.
process.env.E2E_CHROMIUM ??= provideChromium()
process.env.E2E_PORT ??= String(await findFreePort())
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), 'longitude-e2e-'))
process.env.DEMO_PASSWORD ??= 'blue harbour ladder nine'

const baseURL = `http://localhost:${process.env.E2E_PORT}`

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/browser',
  globalTeardown: './remove-data.ts',
  // One server and one database, as in a study: journeys make their own participants.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/browser.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.E2E_CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'npm run -s demo',
    cwd: join(import.meta.dirname, '..'),
    url: `${baseURL}/api/health`,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      PORT: process.env.E2E_PORT,
      DATABASE_FILE: join(process.env.E2E_DATA, 'demo.db'),
      DEMO_PASSWORD: process.env.DEMO_PASSWORD,
    },
  },
})
