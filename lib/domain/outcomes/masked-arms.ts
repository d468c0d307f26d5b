import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** Code of each arm → the letter that stands for it. */
export type ArmLetters = ReadonlyMap<string, string>

/**
 * The letter of an arm by its place, from 0. Beyond Z the number, from 27.
 * Example: `formatArmLetter(1)` → `'B'`.
 */
export function formatArmLetter(place: number): string {
  return 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place] ?? String(place + 1)
}

/**
 * Letters for arms in an order that the caller drew: by a secret of the study, so that nobody can work it out from the
 * public protocol. Example: `deriveArmLetters(['SHAM', 'ACTIVE'])` → `SHAM` A, `ACTIVE` B.
 */
export function deriveArmLetters(order: readonly string[]): ArmLetters {
  return new Map(order.map((code, place) => [code, formatArmLetter(place)]))
}

interface Result {
  readonly protocol: Protocol
  readonly data: CohortData
}

/**
 * A study as a reader of masked arms may have it, for everything that is computed from it: arms by letter and in the
 * order of the letters, treatments by number. Left out of the protocol: planned ratios (1 for each arm, never to be
 * shown), and of treatments the name, dose, route, condition and product. Out of the data: the codes of arms and of
 * treatments. The letters are of the arms of this very protocol; an allocation to any other arm is dropped.
 * What stays tells something and cannot be left out: how many participants, doses, events and values each letter has,
 * and how they change from one data cut or entry to the next. Where arms differ in size, in the number of doses or in a
 * plain effect, a reader may guess. Source: clinical.md §3, interim results.
 * Example: two arms ACTIVE, SHAM and letters `SHAM` A → `protocol.arms` `[{ code: 'A', name: 'Arm A', ratio: 1 }, …]`.
 */
export function maskArms({ protocol, data }: Result, letters: ArmLetters): Result {
  return {
    protocol: {
      ...protocol,
      arms: [...letters.values()].map(letter => ({ code: letter, name: `Arm ${letter}`, ratio: 1 })),
      treatments: protocol.treatments.map(({ optional, notBefore }, place) => ({
        code: `dose${place + 1}`,
        name: `Dose ${place + 1}`,
        optional,
        notBefore,
      })),
    },
    data: {
      ...data,
      participants: data.participants.map(participant => ({
        ...participant,
        arm: participant.arm === null ? null : (letters.get(participant.arm) ?? null),
        doses: participant.doses.map(({ date }) => ({ treatment: HIDDEN_TREATMENT, date })),
      })),
    },
  }
}

/** Stands for the code of a treatment where it may not be told, since what was given may tell the arm. */
export const HIDDEN_TREATMENT = 'dose'
