/** The largest amount: a JSON integer is exact up to here. */
export const MAX_MINOR_UNITS = Number.MAX_SAFE_INTEGER;

const PERCENT_DECIMALS = 10_000;

/**
 * An amount as a number, which holds it exactly.
 *
 * @throws {RangeError} when it is not an integer from -{@link MAX_MINOR_UNITS} to {@link MAX_MINOR_UNITS}
 */
export function minorUnits(amount: bigint | number): number {
  const exact = Number(amount);
  if (Number.isSafeInteger(exact)) return exact;
  throw new RangeError(`${amount} is not an amount of at most ${MAX_MINOR_UNITS} minor units`);
}

/** The sum of amounts. @throws {RangeError} beyond {@link MAX_MINOR_UNITS} */
export function sumOf(amounts: readonly number[]): number {
  return minorUnits(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
}

/**
 * A percentage of an amount, rounded half up to a minor unit.
 *
 * @param amount not negative
 * @param percent not negative, with at most four decimals
 */
export function percentOf(amount: number, percent: number): number {
  const divisor = BigInt(100 * PERCENT_DECIMALS);
  const share = BigInt(amount) * BigInt(Math.round(percent * PERCENT_DECIMALS));
  return minorUnits((share + divisor / 2n) / divisor);
}
