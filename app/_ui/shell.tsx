import type { ReactNode } from 'react'
import { type NavItem, type StudyInNav, StudyNav } from './study-nav'

/** The frame of every page behind sign-in: study, navigation, who is signed in. */
export function Shell(props: {
  studies: readonly StudyInNav[]
  links: readonly NavItem[]
  person: { name: string; roles: string }
  signOut: () => Promise<void>
  children: ReactNode
}) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="app">
        <header className="side">
          <a className="brand" href="/" aria-label="Longitude, home">
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <circle cx="10" cy="10" r="8" />
              <path d="M10 2v16M10 2c-6 5-6 11 0 16M10 2c6 5 6 11 0 16" />
            </svg>
            <span>Longitude</span>
          </a>
          <StudyNav studies={props.studies} links={props.links} />
          <div className="foot">
            <div>
              <b>{props.person.name}</b>
              {props.person.roles}
            </div>
            <form action={props.signOut}>
              <button type="submit" className="btn sm">
                Sign out
              </button>
            </form>
          </div>
        </header>
        <div className="page">
          <main id="main" tabIndex={-1}>
            {props.children}
          </main>
        </div>
      </div>
    </>
  )
}
