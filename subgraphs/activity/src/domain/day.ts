/** The day of an instant in UTC, such as `2027-01-31`. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** @param days may be negative */
export function dayAfter(day: string, days = 1): string {
  return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * 60 * 60 * 1_000));
}
