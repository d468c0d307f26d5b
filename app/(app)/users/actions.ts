'use server'

import { AddSite } from '@/lib/schemas/sites'
import { AddUser, ChangeActive, GiveRole, MakeLink, TakeRole } from '@/lib/schemas/users'
import { action } from '@/lib/server/action'
import * as memberships from '@/lib/server/memberships'
import * as sites from '@/lib/server/sites'
import * as users from '@/lib/server/users'

const back = () => '/users'

/** The link is shown in place, once. */
const showLink = (saved: { link: string | null }) => ({
  message: saved.link
    ? 'Hand this link to the person. It sets their password, works once, and ends after 72 hours.'
    : 'Saved before; the link was shown then. Make a new one if it was lost.',
  link: saved.link,
})

export const addUser = action(AddUser, users.addUser, showLink)
export const makeLink = action(MakeLink, users.makeLink, showLink)
export const deactivateUser = action(ChangeActive, users.deactivateUser, back)
export const activateUser = action(ChangeActive, users.activateUser, back)
export const giveRole = action(GiveRole, memberships.giveRole, back)
export const takeRole = action(TakeRole, memberships.takeRole, back)
export const addSite = action(AddSite, sites.addSite, back)
