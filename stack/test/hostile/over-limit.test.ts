import { compileInput, fragmentsIn, inputLimitsRule } from '@marquee/input';
import { getOperationAST, OperationTypeNode, parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Marketplace, openMarketplace } from '../marketplace.ts';
import { type Actor, actor, signIn } from '../public-schema/actor.ts';
import { samplesFor } from '../public-schema/samples.ts';
import { publicSchema } from '../public-schema/schema.ts';
import { type Outcome, overEventStream, overHttp, overSocket, type Send } from '../public-schema/transports.ts';
import { FORMS, hostileRequest } from './hostile-requests.ts';
import { limitedPositions } from './limited-positions.ts';

const CONCURRENCY = 4;
const samples = samplesFor({
  ...{ currency: 'GBP', country: 'NL' },
  ...{ 'setQuietHours.from': '22:00', 'setQuietHours.until': '07:00' },
});

let marketplace: Marketplace;
let customer: Actor;
let socket: Awaited<ReturnType<typeof overSocket>>;

beforeAll(async () => {
  marketplace = await openMarketplace({ gateway: { rateLimits: false } });
  customer = await signIn(marketplace.endpoint, 'customer');
  socket = await overSocket(marketplace.endpoint, customer.headers);
});

afterAll(async () => {
  socket?.close();
  await marketplace?.stop();
});

test('every list and string of the public schema is refused above its maximum', async () => {
  const { endpoint } = marketplace;
  const senders = [socket.send, overHttp(endpoint, customer.headers), overEventStream(endpoint, customer.headers)];
  const accepted: string[] = [];
  const next = limitedPositions().entries();
  // Each transport gets some positions in each form; all forms of all positions are below.
  const sendNext = async (): Promise<void> => {
    for (const [number, { position, max, valueOf }] of next) {
      const form = number % 2 === 0 ? 'literal' : 'variable';
      const isSubscription = position.operation === OperationTypeNode.SUBSCRIPTION;
      const send = isSubscription ? socket.send : senders[number % senders.length];
      const sendAs = (as: (typeof FORMS)[number]) =>
        send?.(hostileRequest(position, valueOf(max + 1, samples), as, samples));
      let outcome = await sendAs(form);
      // As a literal, a list of many objects has more tokens than an operation may have, before it is counted as a list.
      if (isRefusedAsDocument(outcome)) outcome = await sendAs('variable');
      if (!isRefused(outcome, max)) accepted.push(`${position.coordinate} as ${form}: ${JSON.stringify(outcome)}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, sendNext));
  expect(accepted).toEqual([]);
});

function isRefusedAsDocument(outcome: Outcome | undefined): boolean {
  if (outcome === undefined || 'broken' in outcome) return false;
  return outcome.errors[0]?.extensions?.limit === 'maxTokens';
}

function isRefused(outcome: Outcome | undefined, max: number): boolean {
  if (outcome === undefined || 'broken' in outcome) return false;
  const [error] = outcome.errors;
  const { code, field } = error?.extensions ?? {};
  return code === 'BAD_USER_INPUT' && field !== undefined && String(error?.message).includes(`at most ${max} `);
}

test.each(FORMS)('every list and string passes at its maximum and not above, as %s', (form) => {
  const positions = limitedPositions();
  expect(positions.length).toBeGreaterThan(100);
  for (const { position, max, valueOf } of positions) {
    const errorsWith = (length: number): string[] =>
      inputErrors(hostileRequest(position, valueOf(length, samples), form, samples));
    expect([position.coordinate, errorsWith(max)]).toEqual([position.coordinate, []]);
    expect([position.coordinate, errorsWith(max + 1)]).toEqual([
      position.coordinate,
      [expect.stringContaining(`at most ${max} `)],
    ]);
  }
});

/** The messages of the gateway's checks of literals and variables. */
function inputErrors(body: string): string[] {
  const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error(query);
  const { errors = [] } = compileInput(publicSchema, operation, fragmentsIn(document)).coerce(variables);
  return [...validate(publicSchema, document, [inputLimitsRule]), ...errors].map(({ message }) => message);
}

const ALIASES = Array.from({ length: 20 }, (_, n) => `a${n}: bookings(status: $status) { pageInfo { hasNextPage } }`);
const ATTACKS: [string, string, number, string][] = [
  ['20 aliases of 20,000 statuses', ALIASES.join(' '), 19_999, 'OPERATION_TOO_EXPENSIVE'],
  ['33,000 statuses', ALIASES[0] ?? '', 33_000, 'OPERATION_TOO_LARGE'],
  ['20 aliases of 8 statuses', ALIASES.join(' '), 8, 'BAD_USER_INPUT'],
];

test.each(ATTACKS)('%s reach no database, and others are answered meanwhile', async (_what, fields, length, code) => {
  const { endpoint } = marketplace;
  const query = `query ($status: [BookingStatus!]) { viewer { ${fields} } }`;
  const attack = JSON.stringify({ query, variables: { status: Array<string>(length).fill('CONFIRMED') } });
  const bystander = actor(endpoint);
  const http = overHttp(endpoint, customer.headers);
  // A socket's message is smaller than the largest attack.
  const senders: Send[] = length > 20_000 ? [http] : [http, socket.send];
  const attacks = senders.flatMap((send) => [send(attack), send(attack)]);
  const cities = await bystander.ask('{ cities(first: 1) { edges { node { name } } } }');
  expect(cities).toEqual({ data: { cities: { edges: [{ node: { name: 'London' } }] } } });
  for (const outcome of await Promise.all(attacks)) {
    expect(outcome).toMatchObject({ errors: [{ extensions: { code } }] });
  }
});
