import { STUDY } from './fixtures/demo'
import { expect, test } from './fixtures/test'

const study = `/studies/${STUDY}`

/** Addresses that no link of ours makes: a name twice, numbers beyond all pages, what is no filter. */
const HOSTILE = [
  '?subject=MEL-001&subject=MEL-002&actor=a&actor=b',
  '?page=1e20',
  '?page=-9&page=x',
  '?page=100000',
  '?field=visitDate&field=x&visit=BL&visit=M1',
  '?from=soon&to=2026-99-99&source=other',
  `?subject=${'x'.repeat(500)}`,
  '?field=%00%27%22%25&form=%F0%9F%98%80',
]

test('A7 a hostile address of a trail or a history is read as fewer filters, never as a fault', async ({
  as,
}) => {
  const manager = await as('dataManager')
  const administrator = await as('administrator')
  for (const query of HOSTILE) {
    for (const path of [`${study}/audit`, `${study}/participants/MEL-001/history`]) {
      const answer = await manager.request.get(`${path}${query}`)
      expect.soft(answer.status(), `${path}${query}`).toBe(200)
    }
    const system = await administrator.request.get(`/users/audit${query}`)
    expect.soft(system.status(), `/users/audit${query}`).toBe(200)
  }
})

test('A6 A7 an administrator reads sign-ins and roles, a data manager who exported', async ({ as }) => {
  const investigator = await as('investigator')
  const file = await investigator.request.get(`${study}/cohort/figures/trajectories.csv`)
  expect(file.headers()['content-disposition']).toMatch(/_entry-\d+_trajectories\.csv"$/)
  const manager = await as('dataManager')
  await manager.goto(`${study}/audit`)
  await manager.getByRole('link', { name: 'Reads and exports' }).click()
  await expect(manager.getByRole('row').filter({ hasText: 'trajectories' }).first()).toContainText('Exported')
  const administrator = await as('administrator')
  await administrator.goto('/users')
  await administrator.getByRole('link', { name: 'Audit trail' }).click()
  await expect(administrator.getByRole('heading', { name: 'Audit trail of the system' })).toBeVisible()
  await administrator.getByLabel('Act').selectOption({ label: 'Entered' })
  await administrator.getByRole('button', { name: 'Filter' }).click()
  await expect(administrator.getByRole('row').filter({ hasText: 'Entered role' }).first()).toBeVisible()
  await expect(administrator.getByRole('table')).not.toContainText('MEL-0')
})

test('a figure is handed to no other site, and every number says as of which entry it is', async ({ as }) => {
  const investigator = await as('investigator')
  const foreign = await investigator.request.get(`${study}/cohort/figures/trajectories.csv`, {
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect(foreign.status()).toBe(403)
  await investigator.goto(`${study}/cohort`)
  await expect(investigator.getByText(/, as of entry \d+$/).first()).toBeVisible()
})
