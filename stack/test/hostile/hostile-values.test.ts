import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Marketplace, openMarketplace } from '../marketplace.ts';
import { actor, signIn } from '../public-schema/actor.ts';
import { inputPositions } from '../public-schema/input-positions.ts';
import type { SampleFor } from '../public-schema/routes.ts';
import { marketplaceSamples, samplesFor } from '../public-schema/samples.ts';
import { publicSchema } from '../public-schema/schema.ts';
import { overEventStream, overHttp, overSocket, type Send } from '../public-schema/transports.ts';
import { FORMS, hostileRequest, withoutVariable } from './hostile-requests.ts';
import { hostileValues } from './hostile-values.ts';
import { complaintAbout } from './verdict.ts';

/**
 * One of so many requests is sent, from the seed on. `HOSTILE_STEP=1` sends all 116,000; a step without a common factor
 * with the senders' number sends each kind of value over each transport.
 */
const STEP = Number(process.env['HOSTILE_STEP'] ?? 35);
const SEED = Number(process.env['HOSTILE_SEED'] ?? 0);
const CONCURRENCY = 8;
const TRIES = 4;

interface Attempt {
  readonly description: string;
  body(): string;
}

let marketplace: Marketplace;
let senders: (readonly [string, Send])[];
let sockets: { close(): void }[];

beforeAll(async () => {
  marketplace = await openMarketplace({ gateway: { rateLimits: false } });
  const { endpoint } = marketplace;
  const accounts = ['customer', 'partner', 'admin'];
  const actors = [actor(endpoint), ...(await Promise.all(accounts.map((account) => signIn(endpoint, account))))];
  const opened = await Promise.all(actors.map(({ headers }) => overSocket(endpoint, headers)));
  sockets = opened;
  senders = actors.flatMap(({ headers }, index) => {
    const who = accounts[index - 1] ?? 'anonymous';
    const socket = opened[index];
    return [
      [`${who} over HTTP`, overHttp(endpoint, headers)] as const,
      [`${who} over an event stream`, overEventStream(endpoint, headers)] as const,
      ...(socket ? [[`${who} over a socket`, socket.send] as const] : []),
    ];
  });
});

afterAll(async () => {
  for (const socket of sockets ?? []) socket.close();
  await marketplace?.stop();
});

test('whatever is sent, a client’s mistake is a coded error', { timeout: 1_200_000 }, async () => {
  const attempts = allAttempts(samplesFor(await marketplaceSamples(marketplace)));
  const complaints: string[] = [];
  const sendNext = async (): Promise<void> => {
    for (let next = attempts.next(); !next.done; next = attempts.next()) {
      const [number, { description, body }] = next.value;
      if ((number + SEED) % STEP !== 0) continue;
      const [who, send] = senders[number % senders.length] ?? [];
      if (!send) throw new Error('nobody sends it');
      let complaint: string | undefined;
      // A loaded machine may be late now and then; what a value breaks, it breaks each time.
      for (let tries = 0; tries === 0 || (complaint !== undefined && tries < TRIES); tries++) {
        complaint = complaintAbout(await send(body()));
      }
      if (complaint !== undefined) complaints.push(`${description}, ${who}: ${complaint}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, sendNext));
  expect(complaints).toEqual([]);
});

/** Each hostile value at each place in each form, numbered. */
function* allAttempts(sampleFor: SampleFor): Generator<[number, Attempt]> {
  let number = 0;
  for (const position of inputPositions(publicSchema)) {
    const { coordinate, field, argument } = position;
    yield [
      number++,
      { description: `${coordinate} without its variable`, body: () => withoutVariable(position, sampleFor) },
    ];
    for (const value of hostileValues(position.type, argument.name, sampleFor(field))) {
      for (const form of FORMS) {
        const body = (): string => hostileRequest(position, value, form, sampleFor);
        yield [number++, { description: `${coordinate} as ${value.name}, as ${form}`, body }];
      }
    }
  }
}
