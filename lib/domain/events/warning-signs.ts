/**
 * Signs after a procedure at which a participant is to seek care at once, each with the beginnings of words by which it
 * is named, in British and American spelling. Too much is asked rather than too little: `no fever` names fever, too.
 */
const SIGNS: readonly (readonly [string, RegExp])[] = [
  [
    'severe pain',
    /\b(?:sever|excruciat|unbearabl|intoler|agoni|intens|extrem|worst)[^.;]{0,60}?(?:\bpain|(?:\b|head|back|tooth|stomach|ear)ach(?:e|ing|y)|algia|\bsore|\bsciatic|\blumbago)/,
  ],
  [
    'severe pain',
    /(?:\bpain|(?:\b|head|back|tooth|stomach|ear)ach(?:e|ing|y)|algia|\bsore|\bsciatic|\blumbago)[^.;]{0,60}?\b(?:sever|excruciat|unbearabl|intoler|agoni|intens|extrem)/,
  ],
  ['bleeding', /bleed|\bbled\b|ha?emorr?h|ha?ematom|\bblood[\s-]+loss|ha?ematemes|epistaxis/],
  ['swelling', /\bswell|\bswollen|\bswole|edema/],
  ['fever', /\bfever|\bfebril|pyrexi|\b(?:high|raised|elevated)\s+(?:body\s+)?temp(?:erature)?\b/],
  ['nausea', /nause|\bqueas/],
  ['dizziness', /\bdizz|\bvertig|\blight[\s-]*headed|\bgidd/],
  ['vomiting', /\bvomit|emesis\b|\bthr(?:ew|ow(?:n|s|ing)?)\s+up\b/],
]

/**
 * The warning signs that texts name, each once, in the order of the protocol: severe pain, bleeding, swelling, fever,
 * nausea, dizziness, vomiting. Upper and lower case do not matter; null is no text.
 * Source: the study's advice after a procedure: who has one of these is told to seek care at once.
 * Example: `findWarningSigns(['Haemorrhage at the site', 'vomited twice'])` → `['bleeding', 'vomiting']`.
 */
export function findWarningSigns(texts: readonly (string | null)[]): readonly string[] {
  const found = SIGNS.filter(([, pattern]) =>
    texts.some(text => text !== null && pattern.test(text.normalize('NFKC').toLowerCase())),
  )
  return [...new Set(found.map(([sign]) => sign))]
}
