import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { emailOf } from '../fixtures/demo'
import { makeCookie, startServer } from './server'

const VISIT = '/studies/ADMSC/participants/MEL-013/visits/BL'

test('what was typed is there after the server was killed with -9 and started again', async ({ browser }) => {
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'longitude-draft-'))
  const file = join(folder, 'demo.db')
  const context = await browser.newContext()
  const signIn = async (address: string) => {
    const [name = '', value = ''] = (await makeCookie(file, emailOf('coordinator'))).split('=')
    await context.addCookies([{ name, value, url: address, httpOnly: true, sameSite: 'Lax' }])
  }
  let server = await startServer(file)
  try {
    await signIn(server.address)
    const page = await context.newPage()
    await page.goto(`${server.address}${VISIT}`)
    const average = page.getByRole('radiogroup', { name: 'Average pain' })
    await average.getByRole('radio', { name: '7', exact: true }).check()
    await expect(page.getByText(/^Draft kept \d\d:\d\d$/)).toBeVisible({ timeout: 2000 })
    await server.kill()
    // What is typed while there is no server is said not to be kept.
    await average.getByRole('radio', { name: '8', exact: true }).check()
    await expect(page.getByText('Draft not kept: no connection').first()).toBeVisible()
    await page.close({ runBeforeUnload: false })

    server = await startServer(file)
    await signIn(server.address)
    const again = await context.newPage()
    await again.goto(`${server.address}${VISIT}`)
    await expect(again.getByText(/^Unfinished input from .* restored\.$/)).toBeVisible()
    const found = again.getByRole('radiogroup', { name: 'Average pain' })
    await expect(found.getByRole('radio', { name: '7', exact: true })).toBeChecked()
  } finally {
    await context.close()
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
