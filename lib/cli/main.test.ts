import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { environmentWith } from '@/lib/server/env'

let folder: string
let protocol: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longitude-cli-'))
  protocol = join(folder, 'small.json')
  const responders = SMALL_PROTOCOL.responders.map(({ condition, ...rule }) => ({ ...rule, ...condition }))
  writeFileSync(protocol, JSON.stringify({ ...SMALL_PROTOCOL, responders }))
})
afterAll(() => rmSync(folder, { recursive: true }))

function longitude(args: readonly string[], database = 'x.db') {
  const root = join(import.meta.dirname, '../..')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(root, 'lib/cli/main.ts'), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: environmentWith({ DATABASE_FILE: join(folder, database), PORT: '4321', NEXTAUTH_URL: '' }),
    },
  )
  return { status, stdout, stderr }
}

const at = (name: string) => join(folder, name)

describe('the command line', { timeout: 60_000 }, () => {
  it('ends with 2 at wrong usage, before it touches a database', () => {
    for (const args of [[], ['nonsense'], ['study', 'apply'], ['user', 'add', '--email', 'x']]) {
      expect(longitude(args, 'none.db').status).toBe(2)
    }
    const role = ['user', 'add', '--email', 'a@b.org', '--name', 'A', '--role', 'king', '--study', 'SMALL']
    expect(longitude(role, 'none.db')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^--role/),
    })
    expect(longitude(['doctor'], 'none.db')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no database/),
    })
  })

  it('--help ends with 0', () => {
    expect(longitude(['audit', 'verify', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/--anchor/),
    })
  })

  it('goes from a protocol file to a verified, restored database', () => {
    const applied = longitude(['study', 'apply', protocol, '--json'])
    expect(applied).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(applied.stdout)).toMatchObject({ study: 'SMALL', published: ['1.0'] })
    expect(JSON.parse(longitude(['study', 'apply', protocol, '--json']).stdout)).toMatchObject({
      published: [],
    })

    for (const command of [['summary'], ['explain', 'PAIN30', '--visit', 'M6']])
      expect(longitude([...command, '--study', 'NOSUCH', '--json'])).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^There is no study of this code/),
      })

    const site = longitude(['site', 'add', '--study', 'SMALL', '--code', 'MEL', '--name', 'Melbourne'])
    expect(site.status).toBe(0)
    const user = [
      'user',
      'add',
      '--email',
      'a@b.org',
      '--name',
      'Ann',
      '--role',
      'data-manager',
      '--study',
      'SMALL',
    ]
    const added = longitude(user)
    expect(added).toMatchObject({ status: 0, stderr: '' })
    expect(added.stdout.trim().split('\n').at(-1)).toMatch(
      /^http:\/\/localhost:4321\/set-password\?token=[\w-]{43}$/,
    )
    expect(longitude(user)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/exists already/),
    })

    const verified = longitude(['audit', 'verify', '--json'])
    expect(JSON.parse(verified.stdout)).toMatchObject({ sound: true, anchors: null })
    expect(longitude(['backup', at('b.db')]).status).toBe(0)
    expect(longitude(['restore', at('b.db'), '--check'])).toMatchObject({ status: 0, stdout: 'PASS\n' })
    expect(longitude(['restore', at('b.db')], 'elsewhere.db').status).toBe(0)
    expect(longitude(['audit', 'verify', '--anchor', at('b.db.manifest.json')], 'elsewhere.db').status).toBe(
      0,
    )
    expect(longitude(['doctor', '--json'], 'elsewhere.db').status).toBe(0)
  })

  it('ends with 1 and one line for each finding when something differs', () => {
    const heads = readFileSync(at('b.db.manifest.json'), 'utf8').replaceAll(
      /"hash": "[0-9a-f]{8}/g,
      '"hash": "00000000',
    )
    writeFileSync(at('forged.json'), heads)
    const differs = longitude(['audit', 'verify', '--anchor', at('forged.json')])
    expect(differs.status).toBe(1)
    expect(differs.stderr.trim().split('\n')).toHaveLength(2)

    writeFileSync(
      at('bad.json'),
      JSON.stringify({ ...JSON.parse(readFileSync(protocol, 'utf8')), masking: 'none', dayZero: 'birth' }),
    )
    const refused = longitude(['study', 'apply', at('bad.json')])
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(
      refused.stderr
        .trim()
        .split('\n')
        .map(line => line.split(' ')[0])
        .sort(),
    ).toEqual(['dayZero', 'masking'])
  })

  it('exports an audit that plain Node verifies, and finds one changed character in (A7)', () => {
    const file = at('audit.jsonl')
    expect(longitude(['audit', 'export', '--study', 'SMALL', file]).status).toBe(0)
    const verify = (path: string, ...more: string[]) =>
      spawnSync(process.execPath, [join(import.meta.dirname, 'verify-audit.mjs'), path, ...more], {
        encoding: 'utf8',
        cwd: folder,
      })
    expect(verify(file)).toMatchObject({ status: 0, stdout: expect.stringMatching(/SOUND\n$/) })
    const text = readFileSync(file, 'utf8')
    writeFileSync(at('changed.jsonl'), text.replace('Melbourne', 'Melbourna'))
    writeFileSync(at('cut.jsonl'), text.trimEnd().split('\n').slice(0, -1).join('\n'))
    expect(verify(at('changed.jsonl')).status).toBe(1)
    expect(verify(at('cut.jsonl')).status).toBe(1)
    const manifest = JSON.parse(readFileSync(at('b.db.manifest.json'), 'utf8')) as {
      heads: { chain: string; seq: number; hash: string }[]
    }
    const head = manifest.heads.find(({ chain }) => chain === 'study/SMALL')
    expect(verify(file, '--head', `${head?.seq}:${head?.hash}`).status).toBe(0)
    expect(verify(file, '--head', `${head?.seq}:${'0'.repeat(64)}`).status).toBe(1)
    expect(verify(file, '--head', `99:${head?.hash}`).status).toBe(1)
    const system = at('system.jsonl')
    expect(longitude(['audit', 'export', '--system', '--study', 'SMALL', system]).status).toBe(2)
    expect(longitude(['audit', 'export', '--system', system]).status).toBe(0)
    expect(verify(system)).toMatchObject({ status: 0, stdout: expect.stringMatching(/SOUND\n$/) })
  })

  it('locks a study, and says so to whoever writes', () => {
    expect(longitude(['study', 'lock', 'SMALL']).status).toBe(2)
    expect(longitude(['study', 'lock', 'SMALL', '--reason', 'Database lock']).status).toBe(0)
    const site = longitude(['site', 'add', '--study', 'SMALL', '--code', 'BRI', '--name', 'Brisbane'])
    expect(site).toMatchObject({ status: 1, stderr: 'Not saved. Study SMALL is locked: Database lock\n' })
    expect(longitude(['study', 'unlock', 'SMALL', '--reason', 'Query found']).status).toBe(0)
  })
})
