import path from 'node:path'
import { crc32 } from 'node:zlib'
import { renderAsync } from '@resvg/resvg-js'

/** Print quality. Drawings are laid out in CSS pixels, 96 to the inch. */
const DOTS_PER_INCH = 300
const PIXELS_PER_INCH = 96

/** The faces of the page, as files: the server has no fonts of its own. */
export const FONT_FILES = {
  normal: fontFile('400Regular', 'Inter_400Regular.ttf'),
  medium: fontFile('500Medium', 'Inter_500Medium.ttf'),
  bold: fontFile('600SemiBold', 'Inter_600SemiBold.ttf'),
  italics: fontFile('400Regular_Italic', 'Inter_400Regular_Italic.ttf'),
} as const

function fontFile(folder: string, name: string): string {
  return path.join(process.cwd(), 'node_modules/@expo-google-fonts/inter', folder, name)
}

/** A drawing as a PNG of 300 dots per inch, which the file states too. Throws on what is no SVG. */
export async function renderPng(svg: string): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: DOTS_PER_INCH / PIXELS_PER_INCH },
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(FONT_FILES),
      defaultFontFamily: 'Inter',
    },
  })
  return stateResolution(image.asPng())
}

/** Length, type and content of a PNG's first chunk, with the signature before it. */
const HEADER_END = 8 + 4 + 4 + 13 + 4

/** Adds the chunk in which a PNG says how large its dots are; programs that place pictures on paper read it. */
function stateResolution(png: Buffer): Buffer {
  const body = Buffer.alloc(4 + 9)
  body.write('pHYs', 0, 'latin1')
  const dotsPerMetre = Math.round(DOTS_PER_INCH / 0.0254)
  body.writeUInt32BE(dotsPerMetre, 4)
  body.writeUInt32BE(dotsPerMetre, 8)
  body.writeUInt8(1, 12)
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(9)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([png.subarray(0, HEADER_END), length, body, check, png.subarray(HEADER_END)])
}
