/** What a style sheet gives a mark: as much of the cascade as figures use, so that page and file can be compared. */
export type Look = Readonly<Record<string, string>>

interface Rule {
  readonly tag: string
  readonly classes: readonly string[]
  readonly rank: number
  readonly look: Look
}

/** Properties by which marks are told apart, with what they are where no rule says so. */
const COMPARED: Look = {
  ...{ fill: '#000000', opacity: '1', stroke: 'none', 'stroke-width': '1', 'stroke-dasharray': 'none' },
  ...{ 'paint-order': 'normal', 'font-weight': '400' },
}

/** Rules of a sheet for marks: names of an element, classes or both, also below `svg`; all others are passed over. */
export function readRules(css: string): Rule[] {
  const plain = css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/@media[^{]*\{(?:[^{}]*\{[^}]*\})*[^}]*\}/g, '')
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
    selectors.split(',').flatMap(selector => {
      const found = /^(svg )?(text)?((?:\.[\w-]+)*)$/.exec(selector.trim())
      if (!found) return []
      const [, above = '', tag = '', chain = ''] = found
      const classes = chain.split('.').filter(Boolean)
      const names = (above === '' ? 0 : 1) + (tag === '' ? 0 : 1)
      return [{ tag, classes, rank: classes.length * 100 + names, look: readDeclarations(body) }]
    }),
  )
}

function readDeclarations(body: string): Look {
  const pairs = body.split(';').map(each => each.split(':').map(part => part.trim()))
  return Object.fromEntries(
    pairs.flatMap(([name = '', value = '']) => (name in COMPARED ? [[name, spellOut(value)]] : [])),
  )
}

/** The same value in the same letters: `.5` and `0.5`, `#fff` and `#ffffff`, `3px` and `3`. */
function spellOut(value: string): string {
  return value
    .replace(/^\./, '0.')
    .replace(/px$/, '')
    .replace(/^#(\w)(\w)(\w)$/, '#$1$1$2$2$3$3')
}

/** Values of the light theme. */
export function readTokens(css: string): (text: string) => string {
  const tokens = new Map(
    [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => {
      const [, light = value] = /light-dark\(\s*([^,]+),/.exec(value) ?? []
      return [name, light.trim()]
    }),
  )
  return text => text.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => tokens.get(name) ?? name)
}

/** What the rules make of a mark, later and closer rules before others. */
export function lookOf(rules: readonly Rule[], tag: string, className: string): Look {
  const own = className.split(' ')
  const fitting = rules
    .filter(rule => (rule.tag === '' || rule.tag === tag) && rule.classes.every(each => own.includes(each)))
    .filter(rule => rule.tag !== '' || rule.classes.length > 0)
    .toSorted((a, b) => a.rank - b.rank)
  return Object.assign({ ...COMPARED }, ...fitting.map(({ look }) => look)) as Look
}
