'use server'

import { FirstUse, SetPassword } from '@/lib/schemas/users'
import { openAction } from '@/lib/server/action'
import * as links from '@/lib/server/one-time-links'

export const setPassword = openAction(SetPassword, links.setPassword, () => '/sign-in?done=password')

export const makeFirstAdministrator = openAction(
  FirstUse,
  links.makeFirstAdministrator,
  () => '/sign-in?done=password',
)
