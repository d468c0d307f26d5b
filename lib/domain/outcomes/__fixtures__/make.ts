/** Writes the fixture anew in R (WebAssembly): `npx tsx lib/domain/outcomes/__fixtures__/make.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { WebR } from 'webr'

const at = (path: string) => new URL(path, import.meta.url)
const webR = new WebR()
await webR.init()
const scripts = { 'json.R': '../../statistics/__fixtures__/json.R', 'three-arms.R': 'three-arms.R' }
for (const [name, path] of Object.entries(scripts)) {
  await webR.FS.writeFile(`/home/web_user/${name}`, readFileSync(at(path)))
}
await webR.evalRVoid('setwd("/home/web_user")')
const run = 'paste0(c(capture.output(source("three-arms.R", local = new.env())), ""), collapse = "\\n")'
writeFileSync(at('three-arms.json'), await webR.evalRString(run))
webR.close()
