export const DAY = 86_400_000;

/** The end of a day such as `2027-01-31`, in UTC. */
export function endOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) + DAY;
}

/** The day of an instant, in UTC. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
