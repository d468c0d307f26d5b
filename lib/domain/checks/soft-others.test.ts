import { expect, it } from 'vitest'
import { listOtherForms } from '@/lib/domain/checks/soft-others'

const form = (code: string, location = '', laterality = '') => ({
  form: code,
  key: `${code}@${location}~${laterality}`,
  location,
  laterality,
  answers: {},
})
const forms = [form('odi'), form('mri', 'L4/L5'), form('mri', 'L5/S1'), form('knee', '', 'left')]
const keys = (of: (typeof forms)[number]) => listOtherForms(of, forms).map(({ key }) => key)

it('a form of the whole person is compared with every place of the others', () => {
  expect(keys(form('odi'))).toEqual(['mri@L4/L5~', 'mri@L5/S1~', 'knee@~left'])
})

it('a form of one place or side with those of the same and of the whole person, never with its own other places', () => {
  expect(keys(form('plan', 'L4/L5'))).toEqual(['odi@~', 'mri@L4/L5~', 'knee@~left'])
  expect(keys(form('mri', 'L4/L5'))).toEqual(['odi@~', 'knee@~left'])
  expect(keys(form('gait', '', 'right'))).toEqual(['odi@~', 'mri@L4/L5~', 'mri@L5/S1~'])
})
