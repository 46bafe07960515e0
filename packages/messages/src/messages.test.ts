import { expect, test } from 'vitest';

import { defineMessages, localeOf } from './index.ts';
import { problemsOf } from './problems.ts';

const SEATS = '{seatsCount, plural, one {Seat} other {Seats}} {seats}';
const WHEN = '{starts}{reasonGiven, select, yes {. {reason}} other {}}';
const messages = defineMessages<'title' | 'body'>()({
  booked: {
    values: { name: 'text', starts: 'moment', seats: 'list', total: 'money', reason: 'sentence?' },
    en: { title: 'Booked: {name}', body: `${WHEN} ${SEATS}, {total}` },
    de: {
      title: 'Gebucht: {name}',
      body: `Am ${WHEN} {seatsCount, plural, one {Platz} other {Plätze}} {seats}, {total}`,
    },
    hi: { title: 'बुकिंग: {name}', body: `${WHEN} {seatsCount, plural, one {सीट} other {सीटें}} {seats}, {total}` },
  },
});

const values = {
  ...{ name: 'Arrival', starts: { at: '2026-12-04T19:30:00.000Z', timeZone: 'Europe/Berlin' } },
  ...{ seats: ['C7', 'C8'], total: { amount: 123_456, currency: 'EUR' }, reason: null },
};
const written = (locale: string | null, change: Partial<typeof values> = {}) =>
  messages.write({ key: 'booked', values: { ...values, ...change } }, localeOf(locale)).body.replaceAll('\u00a0', ' ');

test('a locale is the nearest that there is: its language with its region, else English', () => {
  const tags = ['de-CH', 'de', 'hi-Latn-IN', 'en-US', 'nl-NL', 'x', 'not a tag', '', null];
  expect(tags.map((tag) => localeOf(tag).tag)).toEqual([
    ...['de-CH', 'de-DE', 'hi-IN', 'en-US', 'en-GB', 'en-GB', 'en-GB', 'en-GB', 'en-GB'],
  ]);
});

test('a message is written with plurals, money and times of the language, by the clocks of the place', () => {
  expect(written(null)).toBe('Friday, 4 December 2026 at 20:30 Seats C7 and C8, €1,234.56');
  expect(written('en-US')).toBe('Friday, December 4, 2026 at 8:30 PM Seats C7 and C8, €1,234.56');
  expect(written('de')).toBe('Am Freitag, 4. Dezember 2026 um 20:30 Plätze C7 und C8, 1.234,56 €');
  expect(written('de-CH', { seats: ['C7'] })).toMatch(/Platz C7, EUR 1[’']234\.56/);
  expect(written('hi')).toBe('शुक्रवार, 4 दिसंबर 2026 को 20:30 बजे सीटें C7 और C8, €1,234.56');
});

test('money is written in its currency, whatever its minor units', () => {
  const money = (amount: number, currency: string) =>
    written(null, { total: { amount, currency } }).split('C8, ').at(-1);
  expect([money(1500, 'JPY'), money(12_345, 'KWD'), money(9_007_199_254_740_991, 'GBP')]).toEqual([
    ...['JP¥1,500', 'KWD 12.345', '£90,071,992,547,409.91'],
  ]);
});

test('the words of others are text, whatever syntax they have', () => {
  const odd = { ...values, name: '{seats} <b>', reason: 'It rains' };
  const { title, body } = messages.write({ key: 'booked', values: odd }, localeOf('en'));
  expect(title).toBe('Booked: {seats} <b>');
  expect(body).toContain('at 20:30. It rains.');
});

test('a message that a process does not know is refused, whatever its name', () => {
  const unknown = { key: 'constructor', values } as never;
  expect(() => messages.write(unknown, localeOf('en'))).toThrow('There is no message constructor');
});

test('a catalogue without mistakes has no problems, and each mistake is named', () => {
  expect(problemsOf(messages.definitions)).toEqual([]);
  const { booked } = messages.definitions;
  const broken = {
    ...booked,
    de: { title: booked.en.title, body: '{starts} {seatsCount, plural, other {Plätze}} {seats} {price} {total}' },
    hi: { title: 'बुकिंग: {name', body: booked.hi.body.replace('select, yes', 'select, maybe') },
  };
  const { hi: _, ...incomplete } = booked;
  expect(problemsOf({ broken, incomplete: incomplete as never })).toEqual([
    'broken, de: title is not translated',
    'broken, de: the plural form one is missing',
    'broken, de: nothing declares price',
    'broken, de: reason is not used',
    expect.stringMatching(/^broken, hi: title cannot be parsed/),
    'broken, hi: reasonGiven is never maybe',
    'broken, hi: name is not used',
    'incomplete, hi: there is no text',
  ]);
});
