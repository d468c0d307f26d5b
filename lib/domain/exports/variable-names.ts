/** Longest name that SAS and Stata take. */
const MAX_LENGTH = 32

/**
 * Variable names that R, SAS, SPSS and Stata all take, one for each text and in its order: ASCII letters, digits and
 * underscores, a letter first and no underscore last, at most 32 characters, no two alike when case is ignored, none a
 * reserved word. A name that has to be cut ends in a checksum of the whole; of two that would still be alike the later
 * gets a number. The same texts in the same order always give the same names.
 * Source: SAS 9.4 names; SPSS variable names; Stata [U] 11.3; R `make.names`.
 * Example: `deriveVariableNames(['NPRS_AVG_M6', 'ODI_3-M'])` → `['NPRS_AVG_M6', 'ODI_3_M']`.
 */
export function deriveVariableNames(texts: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set(taken.map(name => name.toLowerCase()))
  return texts.map(text => {
    const name = shorten(tidy(text), text)
    let unique = name
    for (let number = 2; used.has(unique.toLowerCase()); number++) {
      const ending = `_${number}`
      unique = `${name.slice(0, MAX_LENGTH - ending.length)}${ending}`
    }
    used.add(unique.toLowerCase())
    return unique
  })
}

function tidy(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9_]/g, '_').replace(/_+$/, '')
  const named = /^[A-Za-z]/.test(plain) ? plain : `V_${plain}`.replace(/_+$/, '')
  return RESERVED.has(named.toLowerCase()) ? `${named}_V` : named
}

function shorten(name: string, text: string): string {
  if (name.length <= MAX_LENGTH) return name
  const ending = `_${checksum(text)}`
  return `${name.slice(0, MAX_LENGTH - ending.length)}${ending}`
}

/** FNV-1a over UTF-16 code units, 32 bits, in base 36. Source: Fowler, Noll, Vo. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}

/** Words that one of the four keeps for itself, in lower case. */
const RESERVED = new Set(
  (
    'all and by eq ge gt le lt ne not or to with ' +
    'byte double float int long str strl using in if _n _b _cons _pi _pred _rc _skip ' +
    'else repeat while function for next break true false null inf nan na na_integer_ na_real_ na_character_'
  ).split(' '),
)
