import { createServer } from 'node:net'
import { CommandFailed } from './run'

/** The port, when it is free (0: any that is). Throws `CommandFailed` before anything is made when it is not. */
export function claimPort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', () =>
      reject(new CommandFailed([`Port ${wanted} is in use. Set PORT to another one, or stop what uses it.`])),
    )
    server.listen(wanted, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted))
    })
  })
}
