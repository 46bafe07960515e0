import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Login } from '../src/demo/operations.ts';
import { DEMO_PASSWORD } from '../src/demo/purchase.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';
import { query } from './server-process.ts';

interface Line {
  readonly subgraph?: string;
  readonly traceId?: string;
  readonly err?: { readonly message: string };
}

interface MaskedError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly traceId: string };
}

/** A table of each subgraph, and an operation that reads it. */
const BROKEN: readonly [subgraph: string, table: string, operation: string][] = [
  ['catalog', 'cities', '{ cities(first: 1) { edges { node { id } } } }'],
  ['booking', 'bookings', '{ booking(id: "lon_bkg_0") { id } }'],
  ['booking', 'bookings', 'subscription { bookingStatusChanged(bookingId: "lon_bkg_0") { booking { id } } }'],
  ['payments', 'payment_methods', '{ viewer { paymentMethods { id } } }'],
  ['notifications', 'notifications', '{ viewer { notifications(first: 1) { edges { node { id } } } } }'],
  ['accounts', 'sessions', '{ viewer { sessions { id } } }'],
];

describe.each(['in-process', 'over-http'] as const)('%s', (topology) => {
  const lines: Line[] = [];
  let marketplace: Marketplace;
  let authorization: string;

  beforeAll(async () => {
    const log = { write: (text: string) => void lines.push(JSON.parse(text) as Line) };
    marketplace = await openMarketplace({ topology, log });
    const input = { email: 'customer@marquee.test', password: DEMO_PASSWORD };
    const { login } = await marketplace.client().request(Login, { input });
    authorization = `Bearer ${login.accessToken}`;
    for (const [name, table] of BROKEN) {
      await query(marketplace.databaseUrl(name), `ALTER TABLE IF EXISTS ${table} RENAME TO elsewhere`);
    }
  }, 120_000);

  afterAll(() => marketplace?.stop());

  /** Over an event stream, which takes any operation. */
  async function errorsOf(operation: string): Promise<readonly MaskedError[]> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization };
    const response = await fetch(marketplace.endpoint, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: operation }),
    });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const event = /^data: (\{.*)$/m.exec(text)?.[1];
      if (event !== undefined) return (JSON.parse(event) as { errors: MaskedError[] }).errors;
    }
    throw new Error(`No result: ${text}`);
  }

  test.each(BROKEN)(
    'a failure of %s’s table %s is logged once, with its cause and the client’s trace id',
    async (name, table, operation) => {
      const [error, ...more] = await errorsOf(operation);
      expect(more).toEqual([]);
      expect(error).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
      expect(error?.message).not.toContain(table);
      const { traceId } = error?.extensions ?? {};
      const logged = () => lines.filter((line) => line.err !== undefined && line.traceId === traceId);
      await eventually(() => expect(logged()).not.toEqual([]));
      expect(logged()).toMatchObject([{ subgraph: name, err: { message: expect.stringContaining('does not exist') } }]);
    },
  );
});
