import { openDatabase } from '../client'
import { insertRecord } from '../write'
import { TEST_WRITER } from './test-db'

/** A process of its own that makes one audited write for each message, and answers when it is on disk: FILE NAME. */
const [file, name] = process.argv.slice(2)
if (!file || !name) throw new Error('FILE NAME')
const connection = openDatabase(file)
const writer = { ...TEST_WRITER, name }

process.on('message', index => {
  const user = { email: `${name}.${index}@example.org`, name }
  connection.db.transaction(tx => insertRecord(tx, writer, 'users', user), { behavior: 'immediate' })
  process.send?.('written')
})
process.once('disconnect', () => connection.close())
process.send?.('ready')
