import Database from 'better-sqlite3'

/** A copy of the product's database by the driver alone, durable as the product is. */
export function openFloor(file: string): Database.Database {
  const floor = new Database(file)
  floor.pragma('journal_mode = WAL')
  floor.pragma('synchronous = FULL')
  floor.pragma('foreign_keys = ON')
  return floor
}
