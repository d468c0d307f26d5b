import { STUDY } from './fixtures/demo'
import { fillRegistration } from './fixtures/journeys'
import { expect, makeAccount, signInAs, test } from './fixtures/test'

const account = (name: string) =>
  makeAccount({
    email: `${name}.own@demo.example`,
    name: `${name} Own`,
    role: 'coordinator',
    study: STUDY,
    site: 'MEL',
  })

for (const javaScript of [true, false]) {
  test(`a form sent by somebody else than the person it was drawn for is refused, JavaScript ${javaScript ? 'on' : 'off'}`, async ({
    as,
    baseURL,
  }) => {
    const [ours, theirs] = [await account('Olive'), await account('Theo')]
    const page = await as({ email: ours }, { javaScript })
    await page.goto(`/studies/${STUDY}/participants/register`)
    await fillRegistration(page, { age: '58', consentDaysAgo: 12 })
    await signInAs(page.context(), theirs, baseURL ?? '')
    const save = page.getByRole('button', { name: 'Register', exact: true })
    const refusal = page.getByText('Not saved. You are signed in as Theo Own now;')
    for (const attempt of ['first', 'second']) {
      await save.click()
      await expect(refusal, attempt).toBeVisible()
      await expect(page.getByLabel('Age at consent'), attempt).toHaveValue('58')
    }
    await signInAs(page.context(), ours, baseURL ?? '')
    await save.click()
    await expect(page.getByRole('heading', { level: 1, name: /^MEL-\d{3}$/ })).toBeVisible()
  })
}
