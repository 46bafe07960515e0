import { type CalendarEntry, localStart } from './document.ts';

const MAX_OCTETS = 75;

/**
 * An iCalendar file (RFC 5545) with one event. Its times are instants in UTC, which every calendar shows in its own zone;
 * the text has the time at the venue.
 */
export function calendarFile(entry: CalendarEntry, now: Date): string {
  const { bookingId, sequence, titleName, venueName, screenName, startsAt, endsAt, seats } = entry;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Marquee//Bookings//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${bookingId}@marquee`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${instant(now)}`,
    `DTSTART:${instant(startsAt)}`,
    `DTEND:${instant(endsAt)}`,
    `SUMMARY:${escaped(titleName)}`,
    `LOCATION:${escaped(`${venueName}, ${screenName}`)}`,
    `DESCRIPTION:${escaped(`${localStart(entry)} at the venue.\nSeats: ${seats.join(', ')}`)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const instant = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

const escaped = (text: string): string =>
  text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll(/\r\n?|\n/g, '\\n');

/** A long line goes on after a line break and a space; no character is split. */
function folded(line: string): string {
  let octets = 0;
  return [...line]
    .map((character) => {
      const size = Buffer.byteLength(character);
      octets += size;
      if (octets <= MAX_OCTETS) return character;
      octets = size + 1;
      return `\r\n ${character}`;
    })
    .join('');
}
