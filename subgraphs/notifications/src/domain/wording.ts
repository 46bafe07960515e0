/** The language of all texts, with the day before the month and 24 hours. */
const LANGUAGE = 'en-GB';

const lists = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });

/** An amount as people write it, such as `£27.56`. @param money in minor units of an ISO 4217 currency */
export function moneyText({ amount, currency }: { amount: number; currency: string }): string {
  const format = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  // As text, because a division would round large amounts.
  return format.format(`${amount}E-${digits}` as `${number}`);
}

/** A point in time as the people of a place write it, such as `Friday, 4 December 2026 at 19:30`. */
export function timeText(instant: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat(LANGUAGE, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const hour = new Intl.DateTimeFormat(LANGUAGE, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    day.formatToParts(instant).find((found) => found.type === type)?.value ?? '';
  return `${part('weekday')}, ${part('day')} ${part('month')} ${part('year')} at ${hour.format(instant)}`;
}

/** A day as the people of a place write it, such as `4 December 2026`. */
export function dayText(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(LANGUAGE, { timeZone, dateStyle: 'long' }).format(instant);
}

/** Some seats, such as `Seats C7, C8 and C9`. */
export function seatsText(labels: readonly string[]): string {
  return `${labels.length === 1 ? 'Seat' : 'Seats'} ${lists.format(labels)}`;
}

/** A span of time in whole minutes, at least one, such as `2 minutes`. */
export function minutesText(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** A text that ends as a sentence does. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
