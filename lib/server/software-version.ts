import manifest from '@/package.json' with { type: 'json' }

/** The version of this software, as it stands on every result and export. */
export const SOFTWARE_VERSION: string = manifest.version
