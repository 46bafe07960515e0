import { expect, test } from 'vitest';

import { calendarFile } from './calendar-file.ts';

const entry = {
  ...{ bookingId: 'lon_bkg_1', sequence: 2, titleName: 'Romeo; Juliet, und ihr Ende\\', venueName: 'The Electric' },
  ...{ screenName: 'Screen 1', timeZone: 'Australia/Lord_Howe', seats: ['A1', 'A2'] },
  ...{ startsAt: new Date('2027-04-03T13:30:00Z'), endsAt: new Date('2027-04-03T15:30:00Z') },
};
const file = (change: object = {}): string => calendarFile({ ...entry, ...change }, new Date('2027-01-01T00:00:00Z'));
const unfolded = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n');

test('a calendar entry has the instants of the show, and says its time at the venue', () => {
  const lines = unfolded(file());
  expect(lines).toContain('DTSTART:20270403T133000Z');
  expect(lines).toContain('DTEND:20270403T153000Z');
  // Lord Howe sets its clocks back by half an hour that night.
  expect(lines.join()).toContain(String.raw`Sunday\, 4 April 2027 at 00:30 at the venue.\nSeats: A1\, A2`);
  expect(lines).toContain('SEQUENCE:2');
  expect(lines).toContain('UID:lon_bkg_1@marquee');
});

test('text cannot end its line or begin another property', () => {
  const lines = unfolded(file({ venueName: 'A\r\nATTENDEE:mailto:b' }));
  expect(lines).toContain(String.raw`SUMMARY:Romeo\; Juliet\, und ihr Ende\\`);
  expect(lines).toContain(String.raw`LOCATION:A\nATTENDEE:mailto:b\, Screen 1`);
});

test.each(['\r\n', '\n', '\r'])('nor by the line break %j', (lineBreak) => {
  expect(file({ titleName: `A${lineBreak}ATTENDEE:mailto:b` }).split(/\r\n?|\n/)).toContain(
    String.raw`SUMMARY:A\nATTENDEE:mailto:b`,
  );
});

test('no line is longer than 75 octets, and none is broken within a character', () => {
  const titleName = 'Ünïcödé 🎭 '.repeat(20);
  const text = file({ titleName });
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(unfolded(text)).toContain(`SUMMARY:${titleName}`);
});
