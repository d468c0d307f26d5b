/** The query of an address as a page gets it: a name that stands several times has a list. */
export function readAddress(url: string): Record<string, string | string[]> {
  const given = new URL(url).searchParams
  return Object.fromEntries(
    [...new Set(given.keys())].map(name => {
      const values = given.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}
