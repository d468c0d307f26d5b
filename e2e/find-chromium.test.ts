import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findChromium } from './find-chromium'

const folder = mkdtempSync(join(tmpdir(), 'longitude-path-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("the system's Chromium comes first, and a file that cannot run is none", () => {
  for (const name of ['chromium', 'google-chrome']) writeFileSync(join(folder, name), '#!/bin/sh\n')
  chmodSync(join(folder, 'google-chrome'), 0o755)
  chmodSync(join(folder, 'chromium'), 0o644)
  expect(findChromium(['/nowhere', folder].join(delimiter))).toBe(join(folder, 'google-chrome'))
})
