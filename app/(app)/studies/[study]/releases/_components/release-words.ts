import type { ReleaseAudience, ReleaseLevel } from '@/lib/domain/protocol/masking'

export const LEVELS: Readonly<Record<ReleaseLevel, string>> = {
  armsMasked: 'Arms masked: Arm A, Arm B …',
  byArm: 'Arms named',
}

export const AUDIENCES: Readonly<Record<ReleaseAudience, string>> = {
  statistician: 'Statisticians of the study',
  all: 'Everybody who may read the results',
}

export function describeTimes(count: number): string {
  if (count === 0) return 'never'
  return count === 1 ? '1 time' : `${count} times`
}
