import { readdirSync, readFileSync } from 'node:fs'
import { WebR } from 'webr'

/** Where R's answers lie; a script may source what the first folder shares. */
const FOLDERS = ['./', '../../outcomes/__fixtures__/', '../../safety/__fixtures__/'].map(
  path => new URL(path, import.meta.url),
)
/** What the scripts share; they make no fixtures of their own. */
const SHARED = ['json.R', 'generate.R']

export interface Fixture {
  /** `describe` stands for describe.R and describe.json. */
  readonly name: string
  readonly script: URL
  readonly json: URL
}

/** The fixtures that R makes. */
export function listFixtures(): Fixture[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(folder)
      .filter(file => file.endsWith('.R') && !SHARED.includes(file))
      .map(file => file.replace(/\.R$/, ''))
      .sort()
      .map(name => ({ name, script: new URL(`${name}.R`, folder), json: new URL(`${name}.json`, folder) })),
  )
}

/** Runs every script in one R (WebAssembly, base packages only) and returns what each prints. */
export async function runFixtureScripts(): Promise<Map<string, string>> {
  const webR = new WebR()
  await webR.init()
  try {
    const printed = new Map<string, string>()
    const write = (name: string, from: URL) => webR.FS.writeFile(`/home/web_user/${name}`, readFileSync(from))
    for (const shared of SHARED) await write(shared, new URL(shared, import.meta.url))
    await webR.evalRVoid('setwd("/home/web_user")')
    for (const { name, script } of listFixtures()) {
      await write(`${name}.R`, script)
      const run = `paste0(c(capture.output(source("${name}.R", local = new.env())), ""), collapse = "\\n")`
      printed.set(name, await webR.evalRString(run))
    }
    return printed
  } finally {
    webR.close()
  }
}
