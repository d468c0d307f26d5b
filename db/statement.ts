import type { Db, Tx } from './client'

/**
 * A query that is built once for each connection and then only bound and run: `statement(db => db.select()….prepare())`,
 * with `sql.placeholder('name')` for what differs. For reads on the road of every save; elsewhere building costs nothing
 * that anybody notices. A transaction runs on the same connection, so that it shares the statements of its database.
 */
export function statement<P extends object>(build: (db: Db) => P): (db: Db | Tx) => P {
  const built = new WeakMap<object, P>()
  return db => {
    const client = clientOf(db)
    const known = built.get(client)
    if (known) return known
    const made = build(db as Db)
    built.set(client, made)
    return made
  }
}

/** The driver's connection behind a database or an open transaction. */
export function clientOf(db: Db | Tx): object {
  return (db as unknown as { readonly session: { readonly client: object } }).session.client
}
