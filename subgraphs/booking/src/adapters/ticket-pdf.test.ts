import { type Font, openSync } from 'fontkit';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';

import { BOLD, fontRuns, REGULAR } from './ticket-fonts.ts';
import { TicketPrinter } from './ticket-pdf.ts';

const ticket = {
  ...{ titleName: 'Amélie ₹ Ärger', venueName: 'Kino Łódź', screenName: 'Saal Ω', timeZone: 'Asia/Kolkata' },
  ...{ startsAt: new Date('2027-01-01T14:30:00Z'), endsAt: new Date('2027-01-01T16:30:00Z') },
  ...{ ticketId: 'lon_tkt_1', section: 'Балкон', place: 'C7', qrCode: `MQ2.${'a'.repeat(150)}` },
  price: { amount: 45_000, currency: 'INR' },
};
const printer = new TicketPrinter();

async function read(pdf: Buffer): Promise<{ text: string; pages: number }> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const content = await (await document.getPage(1)).getTextContent();
  const text = content.items.map((item) => ('str' in item ? item.str : '')).join(' ');
  return { text, pages: document.numPages };
}

test('a ticket says what it is for, in letters of Europe and with signs of currencies', async () => {
  const { text, pages } = await read(await printer.print(ticket));
  expect(pages).toBe(1);
  for (const written of ['Amélie ₹ Ärger', 'Kino Łódź, Saal Ω', 'Балкон · C7', '450.00 INR', 'lon_tkt_1']) {
    expect(text).toContain(written);
  }
  expect(text).toContain('Friday, 1 January 2027 at 20:00');
  expect(text).not.toContain('MQ2.');
});

test('names of any length leave room for the code, and whoever did not pay sees no price', async () => {
  const long = 'A very long name of a thing '.repeat(30);
  const { text, pages } = await read(
    await printer.print({ ...ticket, titleName: long, venueName: long, section: long, price: null }),
  );
  expect(pages).toBe(1);
  expect(text).toContain('lon_tkt_1');
  expect(text).not.toContain('INR');
});

test('a ticket that is read again is not printed again', async () => {
  const [first, second] = [await printer.print(ticket), await printer.print({ ...ticket })];
  expect(second).toBe(first);
  expect(await printer.print({ ...ticket, place: 'C8' })).not.toBe(first);
});

test('a name in Devanagari is printed in its letters, among Latin ones', async () => {
  const { text } = await read(await printer.print({ ...ticket, titleName: 'दंगल – Live', venueName: 'शाला Two' }));
  for (const written of ['दंगल', '– Live', 'शाला', 'Two, Saal Ω']) expect(text).toContain(written);
  const letters = 'अआइईउऊएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहािीुूेैोौं्ःँ।०१२३४५६७८९';
  for (const fonts of [REGULAR, BOLD]) {
    const [run, ...more] = fontRuns(letters, fonts);
    expect(more).toEqual([]);
    const font = openSync(run?.file ?? '') as Font;
    expect([...letters].filter((letter) => !font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))).toEqual([]);
  }
});

test('both fonts have every letter of Latin, Greek and Cyrillic names, and the signs of currencies', () => {
  const between = (first: string, last: string): number[] => {
    const from = first.codePointAt(0) ?? 0;
    return Array.from({ length: (last.codePointAt(0) ?? 0) - from + 1 }, (_, index) => from + index);
  };
  const letters = [
    ...between(' ', '~'),
    ...between('¡', 'ſ'),
    ...between('Α', 'Ρ'),
    ...between('α', 'ώ'),
    ...between('А', 'я'),
  ];
  const signs = [...'₹€£¥₩₺₪₫₱₽₴₦’“”–…'].map((sign) => sign.codePointAt(0) ?? 0);
  for (const { first: file } of [REGULAR, BOLD]) {
    const font = openSync(file) as Font;
    expect([...letters, ...signs].filter((code) => !font.hasGlyphForCodePoint(code))).toEqual([]);
  }
});
