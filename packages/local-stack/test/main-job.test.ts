import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookASeat } from '../src/demo/book-a-seat.ts';
import type { Journal } from '../src/demo/journal.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';

let marketplace: Marketplace | undefined;

beforeAll(async () => {
  marketplace = await openMarketplace();
});

afterAll(() => marketplace?.stop());

function recording(lines: string[]): Journal {
  return { step: (text) => lines.push(text), event: (who, text) => lines.push(`${who}: ${text}`) };
}

test('a customer books seats while another one watches them being taken, as often as they like', async () => {
  for (const free of [10, 8]) {
    const lines: string[] = [];
    await bookASeat(marketplace?.endpoint ?? '', recording(lines));
    expect(lines).toContainEqual(expect.stringContaining(`The Long Take at The Rialto, London`));
    expect(lines).toContainEqual(expect.stringContaining(`${free} seats free`));
    expect(lines).toContainEqual(expect.stringMatching(/^customer2: .*HELD/));
    expect(lines).toContainEqual(expect.stringMatching(/^customer2: .*SOLD/));
    expect(lines).toContainEqual(expect.stringContaining('customer: booking PENDING_PAYMENT → CONFIRMED'));
    expect(lines).toContainEqual(expect.stringMatching(/^customer: notification/));
    expect(lines.at(-1)).toMatch(/^tickets for A\d+, A\d+$/);
  }
});
