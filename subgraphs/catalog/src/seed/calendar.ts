const DAY_MS = 86_400_000;

/** The calendar day at an instant in a time zone, such as `2027-01-31`. */
export function dayAt(instant: Date, timeZone: string): string {
  const { year, month, day } = clockAt(instant, timeZone);
  return `${year}-${month}-${day}`;
}

/** The day a number of days later. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days since 1970-01-01. */
export function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(day: string): number {
  return new Date(day).getUTCDay();
}

/**
 * The instant of a local time.
 *
 * @param minutes after midnight; a time skipped by daylight saving moves an hour later
 */
export function instantAt(day: string, minutes: number, timeZone: string): Date {
  const asUtc = Date.parse(day) + minutes * 60_000;
  const guess = asUtc - offsetMs(new Date(asUtc), timeZone);
  return new Date(asUtc - offsetMs(new Date(guess), timeZone));
}

function offsetMs(instant: Date, timeZone: string): number {
  const { year, month, day, hour, minute } = clockAt(instant, timeZone);
  const shown = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return shown - Math.floor(instant.getTime() / 60_000) * 60_000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockAt(instant: Date, timeZone: string) {
  const clock = clocks.get(timeZone) ?? newClock(timeZone);
  const parts = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}
