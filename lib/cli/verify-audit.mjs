// Verifies an exported audit trail with nothing but Node: no part of Longitude, no package.
//   node verify-audit.mjs FILE [--head SEQ:HASH]
// Exit 0: every entry is unchanged and in its place; 1: not so; 2: wrong usage.
// --head: a head of this chain that was kept elsewhere (a backup's manifest, DATABASE.heads). Without one, entries cut
// from the end and an old export are not seen.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

const BODY = [
  'chain',
  'seq',
  'at',
  'act',
  'actorId',
  'actor',
  'role',
  'site',
  'subject',
  'visit',
  'form',
  'entity',
  'entityId',
  'changes',
  'details',
  'reason',
  'requestId',
]
const TAG = 'longitude.audit.v1'

// RFC 8785: members sorted by UTF-16 code units, numbers and texts as ECMAScript prints them.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonical(value[key])}`)
  return `{${members.join(',')}}`
}

const sha256 = text => createHash('sha256').update(text, 'utf8').digest('hex')

async function verify(file, head) {
  const faults = []
  let header = null
  let seq = 0
  let prev = ''
  let isHeadSeen = false
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const value = JSON.parse(line)
    if (header === null) {
      if (value.format !== 'longitude.audit.export.v1')
        throw new Error('the first line is not that of an exported audit')
      header = value
      prev = sha256(
        canonical({ tag: TAG, kind: 'genesis', installation: value.installation, chain: value.chain }),
      )
      continue
    }
    seq += 1
    const entry = Object.fromEntries(BODY.map(name => [name, value[name] ?? null]))
    const hash = sha256(canonical({ tag: TAG, kind: 'entry', prevHash: value.prevHash, entry }))
    if (value.chain !== header.chain) faults.push(`entry ${seq}: belongs to ${value.chain}`)
    if (value.seq !== seq) faults.push(`entry ${seq}: numbered ${value.seq}`)
    if (value.prevHash !== prev) faults.push(`entry ${seq}: does not continue the entry before it`)
    if (hash !== value.hash) faults.push(`entry ${seq}: was changed`)
    if (head !== null && head.seq === seq) {
      isHeadSeen = true
      if (head.hash !== value.hash) faults.push(`entry ${seq}: is not the one whose hash was kept`)
    }
    prev = value.hash
  }
  if (header === null) throw new Error('the file is empty')
  if (seq !== header.entries || (seq > 0 && prev !== header.head)) {
    faults.push(`the file ends at entry ${seq}, but says that it holds ${header.entries}`)
  }
  if (head !== null && !isHeadSeen) faults.push(`entry ${head.seq}, whose hash was kept, is not in the file`)
  return { header, seq, faults }
}

function parseHead(text) {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text ?? '')
  return match ? { seq: Number(match[1]), hash: match[2] } : undefined
}

const [file, flag, kept] = process.argv.slice(2)
const head = flag === undefined ? null : flag === '--head' ? parseHead(kept) : undefined
if (file === undefined || head === undefined) {
  console.error('usage: node verify-audit.mjs FILE [--head SEQ:HASH]')
  process.exitCode = 2
} else {
  try {
    const { header, seq, faults } = await verify(file, head)
    for (const fault of faults) console.error(fault)
    console.log(`${header.chain}: ${seq} entries, head ${header.head}`)
    console.log(faults.length === 0 ? 'SOUND' : 'NOT SOUND')
    process.exitCode = faults.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
