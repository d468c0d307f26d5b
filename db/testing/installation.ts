import { type Connection, openDatabase } from '@/db/client'

/** Opens the database of a running server beside it, for as long as `work` takes. */
export async function withInstallation<T>(
  file: string,
  work: (connection: Connection) => T | Promise<T>,
): Promise<T> {
  const connection = openDatabase(file)
  try {
    return await work(connection)
  } finally {
    connection.close()
  }
}
