import { gzipSync } from 'node:zlib'

/** Compressed bytes of the scripts that the first load of a page asks for. */
export async function weighScripts(
  html: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<number> {
  const paths = new Set(
    [...html.matchAll(/<script[^>]*\ssrc="([^"]+\.js[^"]*)"([^>]*)>/g)].flatMap(([tag, path = '']) =>
      // Scripts marked `nomodule` are for browsers that this product does not serve.
      /\bnomodule\b/i.test(tag) ? [] : [path],
    ),
  )
  if (paths.size === 0) throw new Error('the page asks for no script')
  let bytes = 0
  for (const path of paths) bytes += gzipSync(await read(path)).length
  return bytes
}
