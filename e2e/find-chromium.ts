import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The Chromium of this machine: the system's, else the one Playwright downloaded; undefined when there is none. */
export function findChromium(path = process.env.PATH ?? ''): string | undefined {
  const folders = path.split(delimiter).filter(Boolean)
  const system = names.flatMap(name => folders.map(folder => join(folder, name))).find(isExecutable)
  const downloaded = chromium.executablePath()
  return system ?? (existsSync(downloaded) ? downloaded : undefined)
}

/** Finds a Chromium or gets one: Debian's package where we may install it, else Playwright's own download. */
export function provideChromium(): string {
  const found = findChromium()
  if (found) return found

  const mayInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0
  try {
    if (mayInstall) {
      const options = {
        stdio: 'inherit',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      } as const
      execFileSync('apt-get', ['update', '-qq'], options)
      execFileSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-liberation'], options)
    }
  } catch {
    console.error('Debian gave no Chromium; trying the download of Playwright')
  }
  if (!findChromium()) {
    const playwright = join(import.meta.dirname, '../node_modules/playwright/cli.js')
    execFileSync(process.execPath, [playwright, 'install', 'chromium'], { stdio: 'inherit' })
  }
  const provided = findChromium()
  if (!provided) throw new Error('No Chromium: install the package chromium and run the tests again')
  return provided
}
