import { minorUnits } from './minor-units.ts';

/**
 * Splits an amount into parts in proportion to the weights, which add up to it exactly.
 *
 * By largest remainder: every part is within one minor unit of its exact share; units left over go to the largest
 * remainders, of equal ones to the first. The parts of a negative amount are those of the positive one, negated.
 *
 * @param weights not negative, integers; the parts are equal when all are zero
 * @throws {RangeError} for an amount without weights, and for a weight that is negative or not an integer
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const shares = weights.map(weightOf);
  const sum = shares.reduce((before, weight) => before + weight, 0n);
  if (sum === 0n) return allocateEvenly(total, weights.length);
  const amount = BigInt(minorUnits(Math.abs(total)));
  const parts = shares.map((weight) => (amount * weight) / sum);
  const remainders = shares.map((weight) => (amount * weight) % sum);
  const left = Number(amount - parts.reduce((before, part) => before + part, 0n));
  const first = remainders
    .map((remainder, index) => ({ remainder, index }))
    .toSorted((a, b) => compare(b.remainder, a.remainder) || a.index - b.index)
    .slice(0, left);
  for (const { index } of first) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => Math.sign(total) * minorUnits(part) || 0);
}

function allocateEvenly(total: number, count: number): number[] {
  if (count > 0)
    return allocate(
      total,
      Array.from({ length: count }, () => 1),
    );
  if (total !== 0) throw new RangeError(`${total} cannot be split into no parts`);
  return [];
}

function weightOf(weight: number): bigint {
  if (Number.isSafeInteger(weight) && weight >= 0) return BigInt(weight);
  throw new RangeError(`${weight} is not a weight`);
}

const compare = (a: bigint, b: bigint): number => (a === b ? 0 : a > b ? 1 : -1);
