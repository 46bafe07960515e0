import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type GraphClient, graphClient } from '../src/client/index.ts';
import { bookASeat } from '../src/demo/book-a-seat.ts';
import { chooseSeats, chooseShow } from '../src/demo/choose-show.ts';
import { Booking, CreateBooking, HoldSeats, Login, PayBooking } from '../src/demo/operations.ts';
import { subgraphNames } from '../src/subgraphs.ts';
import { freePort, identify } from '@marquee/servers';
import { buildPrograms, runProgram, type StackProcess } from './stack-process.ts';

/** An unused state folder. */
function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'marquee-stack-'));
  chmodSync(parent, 0o711);
  parents.push(parent);
  return join(parent, 'state');
}

const parents: string[] = [];
/** The state folder that the stacks of this file use one after the other. */
const folder = newFolder();
const environment = { GATEWAY_PORT: String(await freePort()), SEED_BOOKINGS: 'off' };
const endpoint = `http://127.0.0.1:${environment.GATEWAY_PORT}/graphql`;

beforeAll(buildPrograms);

afterAll(() => {
  for (const parent of parents) rmSync(parent, { recursive: true, force: true });
});

/** Runs a stack, which is stopped even when the test fails. */
function start(program: string, state = folder, variables: Record<string, string> = environment): StackProcess {
  const stack = runProgram(program, state, variables);
  onTestFinished(() => void stack.process.kill('SIGKILL'));
  return stack;
}

function serverPids(state = folder): number[] {
  const records = ['postgres', 'redis'].map((server) => readFileSync(join(state, server, 'server.json'), 'utf8'));
  return records.map((record) => (JSON.parse(record) as { pid: number }).pid);
}

function expectGone(pids: Iterable<number | undefined>): void {
  expect([...pids].filter((pid) => pid !== undefined && identify(pid) !== undefined)).toEqual([]);
}

test(
  'a stack is alone, survives its own death, a paid booking too, and leaves nothing behind',
  { timeout: 300_000 },
  async () => {
    const first = start('stack');
    await first.waitForOutput('Ready after');
    expect(first.output()).toContain(endpoint);
    expect(first.output()).toContain('customer@marquee.test');
    expect((await fetch(new URL('/readyz', endpoint))).status).toBe(200);

    const second = start('stack');
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`The stack is already running (pid ${first.process.pid}): ${endpoint}`);

    const reset = start('stack-reset');
    expect(await reset.ended()).toBe(1);
    expect(reset.output()).toContain(`running (pid ${first.process.pid})`);

    const orphans = serverPids();
    const { customer, bookingId } = await payBooking();
    await first.ended('SIGKILL');
    const third = start('stack');
    await third.waitForOutput('Ready after');
    expectGone(orphans);
    expect((await fetch(new URL('/readyz', endpoint))).status).toBe(200);
    await eventually(async () => {
      const { booking } = await customer.request(Booking, { id: bookingId });
      expect(booking).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}], payments: [{ status: 'SUCCEEDED' }] });
    });

    const servers = serverPids();
    expect(await third.ended('SIGINT')).toBe(0);
    expectGone(servers);
  },
);

/** The pids that the stack has recorded, by service. */
function recordedPids(): Map<string, number> {
  const services = join(folder, 'services');
  const files = [
    ...['postgres', 'redis'].map((server) => [server, join(folder, server, 'server.json')] as const),
    ...readdirSync(services)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -'.json'.length), join(services, file)] as const),
  ];
  return new Map(files.map(([name, file]) => [name, (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid]));
}

const SHOW = 'query ($id: ID!) { show(id: $id) { title { name } availability { available } } }';

interface Answer {
  data: { show: { title: { name: string }; availability: object | null } };
  errors?: { extensions: object }[];
}

async function askFor(showId: string): Promise<Answer> {
  const body = JSON.stringify({ query: SHOW, variables: { id: showId } });
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()) as Answer;
}

test(
  'the same data is served by processes of their own: a seat is booked, a killed subgraph comes back, nothing is left',
  { timeout: 600_000 },
  async () => {
    const stack = start('stack-distributed', folder, { ...environment, RATE_LIMITS: 'off' });
    await stack.waitForOutput('Ready after', 300_000);
    const journal: string[] = [];
    const played = {
      step: (text: string) => journal.push(text),
      event: (_who: string, text: string) => journal.push(text),
    };
    // In a cold stack the subscription may become live after the hold, and miss its event.
    await eventually(() => bookASeat(endpoint, played), { timeoutMs: 60_000 });
    expect(journal.at(-1)).toMatch(/^tickets for /);

    const { show } = await chooseShow(graphClient({ endpoint }), 2);
    const whole = await askFor(show.id);
    expect(whole.data.show.availability).not.toBeNull();
    process.kill(recordedPids().get('booking') ?? 0, 'SIGKILL');
    const without = await eventually(async () => {
      const answer = await askFor(show.id);
      expect(answer.errors).toBeDefined();
      return answer;
    });
    expect(without.data.show).toEqual({ ...whole.data.show, availability: null });
    expect(without.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' } }]);
    await stack.waitForOutput('booking is running again.', 120_000);
    await eventually(async () => expect(await askFor(show.id)).toEqual(whole), { timeoutMs: 15_000 });

    const running = recordedPids();
    const others = [
      'gateway',
      'postgres',
      'redis',
      'sandbox-mail',
      'sandbox-provider',
      'sandbox-push',
      'sandbox-sign-in',
    ];
    expect([...running.keys()].toSorted()).toEqual([...subgraphNames(), ...others].toSorted());
    expect(await stack.ended('SIGINT')).toBe(0);
    expectGone(running.values());
  },
);

test('a reset deletes all data', async () => {
  expect(await start('stack-reset').ended()).toBe(0);
  expect(existsSync(join(folder, 'postgres'))).toBe(false);
});

/** Pays a booking, and returns as soon as the payment succeeds, before the booking is confirmed. */
async function payBooking(): Promise<{ customer: GraphClient; bookingId: string }> {
  const login = { email: 'customer@marquee.test', password: 'marquee-demo-1' };
  const { accessToken = '' } = (await graphClient({ endpoint }).request(Login, { input: login })).login;
  const customer = graphClient({ endpoint, accessToken });
  const { show } = await chooseShow(customer, 2);
  const seatIds = (await chooseSeats(customer, show.id, 2)).map(({ id }) => id);
  const hold = { showId: show.id, seatIds, idempotencyKey: randomUUID() };
  const holdId = (await customer.request(HoldSeats, { input: hold })).holdSeats.hold?.id ?? '';
  const booking = { holdId, idempotencyKey: randomUUID() };
  const bookingId = (await customer.request(CreateBooking, { input: booking })).createBooking.booking?.id ?? '';
  const input = { bookingId, with: { cardToken: 'tok_visa' }, idempotencyKey: randomUUID() };
  const paid = await customer.request(PayBooking, { input });
  expect(paid.payBooking.payment?.status).toBe('SUCCEEDED');
  return { customer, bookingId };
}

test('a busy port is reported before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const stack = start('stack', newFolder(), { GATEWAY_PORT: String(port) });
  expect(await stack.ended()).toBe(1);
  expect(stack.output().trim()).toBe(
    `Port ${port} of 127.0.0.1 is in use by another program. Choose another one with GATEWAY_PORT.`,
  );
});

test('a start that is interrupted stops what it has started', { timeout: 120_000 }, async () => {
  const state = newFolder();
  const stack = start('stack', state);
  await stack.waitForOutput('Code…');
  const servers = serverPids(state);
  expect(await stack.ended('SIGTERM')).toBe(0);
  await eventually(() => expectGone(servers));
  expect(stack.output()).toContain('Received SIGTERM: stopping.');
});

test('an invalid setting is reported with what to set it to', async () => {
  const stack = start('stack', newFolder(), { GATEWAY_PORT: 'high' });
  expect(await stack.ended()).toBe(1);
  expect(stack.output().trim()).toBe('Set GATEWAY_PORT to a port from 0 to 65535.');
});
