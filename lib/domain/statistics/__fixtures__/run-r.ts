import { readdirSync, readFileSync } from 'node:fs'
import { WebR } from 'webr'

const FOLDER = new URL('.', import.meta.url)
/** What the scripts share; makes no fixture of its own. */
const SHARED = 'json.R'

/** The fixtures that R makes: `describe` stands for describe.R and describe.json. */
export function listFixtures(): string[] {
  const scripts = readdirSync(FOLDER).filter(file => file.endsWith('.R') && file !== SHARED)
  return scripts.map(file => file.replace(/\.R$/, '')).sort()
}

/** Runs every script in one R (WebAssembly, base packages only) and returns what each prints. */
export async function runFixtureScripts(): Promise<Map<string, string>> {
  const webR = new WebR()
  await webR.init()
  try {
    const printed = new Map<string, string>()
    for (const name of [SHARED, ...listFixtures().map(fixture => `${fixture}.R`)]) {
      await webR.FS.writeFile(`/home/web_user/${name}`, readFileSync(new URL(name, FOLDER)))
    }
    await webR.evalRVoid('setwd("/home/web_user")')
    for (const fixture of listFixtures()) {
      const run = `paste0(c(capture.output(source("${fixture}.R", local = new.env())), ""), collapse = "\\n")`
      printed.set(fixture, await webR.evalRString(run))
    }
    return printed
  } finally {
    webR.close()
  }
}
