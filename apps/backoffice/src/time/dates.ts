const DAY_MS = 86_400_000;

/** A calendar day, such as `2026-12-04`, some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function weekOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** The day at a moment, by the clocks of a time zone. */
export function dayOf(at: string | Date, timeZone: string): string {
  return partsAt(new Date(at), timeZone).date;
}

/** The time of the day at a moment, such as `19:30`, by the clocks of a time zone. */
export function clockOf(at: string | Date, timeZone: string): string {
  return partsAt(new Date(at), timeZone).clock;
}

/** The moment at which the clocks of a time zone show this day and time. */
export function momentOf(date: string, clock: string, timeZone: string): string {
  const asUtc = Date.parse(`${date}T${clock}:00Z`);
  // The offset before a change of the clocks may differ from that after it: the second look is at the right side.
  const first = asUtc - offsetAt(asUtc, timeZone);
  return new Date(asUtc - offsetAt(first, timeZone)).toISOString();
}

/** Times of a day that are between commas or spaces, in order; null when one of them is not a time. */
export function clocksOf(text: string): readonly string[] | null {
  const items = text.split(/[\s,;]+/).filter(Boolean);
  const clocks = items.map((item) => {
    const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[:.h](\d{2}))?$/.exec(item) ?? [];
    return hour !== '' && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : null;
  });
  const valid = clocks.filter((clock) => clock !== null);
  return valid.length === items.length ? [...new Set(valid)].toSorted() : null;
}

function offsetAt(at: number, timeZone: string): number {
  const { date, clock } = partsAt(new Date(at), timeZone);
  return Date.parse(`${date}T${clock}:00Z`) - Math.floor(at / 60_000) * 60_000;
}

function partsAt(at: Date, timeZone: string): { readonly date: string; readonly clock: string } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    clock: `${part('hour')}:${part('minute')}`,
  };
}
