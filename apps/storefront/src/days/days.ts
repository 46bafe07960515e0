/** The calendar day in a time zone, such as `2026-12-04`. */
export function dayIn(timeZone: string | undefined, at: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  }).format(at);
}

/** A day so many days later. */
export function dayAfter(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** So many days from one on. */
export const daysFrom = (day: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => dayAfter(day, index));

/** Whether a text of the address is a day of the calendar. */
export const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
