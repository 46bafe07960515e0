import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type GraphClient, graphClient } from '../src/client/index.ts';
import { chooseSeats, chooseShow } from '../src/demo/choose-show.ts';
import { Booking, CreateBooking, HoldSeats, Login, PayBooking } from '../src/demo/operations.ts';
import { freePort } from '../src/servers/index.ts';
import { identify } from '../src/servers/process-identity.ts';
import { runProgram, type StackProcess } from './stack-process.ts';

/** A state folder of the test's own; what a failed test leaves running is ended. */
function stateFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'marquee-stack-'));
  chmodSync(parent, 0o711);
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'state');
}

function start(folder: string, environment: Record<string, string>): StackProcess {
  const stack = runProgram('main.ts', folder, environment);
  onTestFinished(() => void stack.process.kill('SIGKILL'));
  return stack;
}

function serverPids(folder: string): number[] {
  const records = ['postgres', 'redis'].map((server) => readFileSync(join(folder, server, 'server.json'), 'utf8'));
  return records.map((record) => (JSON.parse(record) as { pid: number }).pid);
}

function expectGone(pids: (number | undefined)[]): void {
  expect(pids.filter((pid) => pid !== undefined && identify(pid) !== undefined)).toEqual([]);
}

test(
  'a stack is alone, survives its own death, a paid booking too, and leaves nothing behind',
  { timeout: 300_000 },
  async () => {
    const folder = stateFolder();
    const environment = { GATEWAY_PORT: String(await freePort()) };
    const first = start(folder, environment);
    await first.untilItSays('Ready after');
    const endpoint = `http://127.0.0.1:${environment.GATEWAY_PORT}/graphql`;
    expect(first.output()).toContain(endpoint);
    expect(first.output()).toContain('customer@marquee.test');
    expect((await fetch(new URL('/readyz', endpoint))).status).toBe(200);

    const second = start(folder, environment);
    expect(await second.ended()).toBe(1);
    expect(second.output().trim()).toBe(`The stack is already running (pid ${first.process.pid}): ${endpoint}`);

    const reset = runProgram('reset-main.ts', folder);
    expect(await reset.ended()).toBe(1);
    expect(reset.output()).toContain(`running (pid ${first.process.pid})`);

    const orphans = serverPids(folder);
    const { customer, bookingId } = await payAtLast(endpoint);
    await first.ended('SIGKILL');
    const third = start(folder, environment);
    await third.untilItSays('Ready after');
    expectGone(orphans);
    expect((await fetch(new URL('/readyz', endpoint))).status).toBe(200);
    await eventually(async () => {
      const { booking } = await customer.request(Booking, { id: bookingId });
      expect(booking).toMatchObject({ status: 'CONFIRMED', tickets: [{}, {}], payments: [{ status: 'SUCCEEDED' }] });
    });

    const servers = serverPids(folder);
    expect(await third.ended('SIGINT')).toBe(0);
    expectGone(servers);

    const cleared = runProgram('reset-main.ts', folder);
    expect(await cleared.ended()).toBe(0);
  },
);

/** Pays a booking, and returns at the moment of the payment's answer: before the booking has heard of it. */
async function payAtLast(endpoint: string): Promise<{ customer: GraphClient; bookingId: string }> {
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
  const { payBooking } = await customer.request(PayBooking, { input });
  expect(payBooking.payment?.status).toBe('SUCCEEDED');
  return { customer, bookingId };
}

test('a busy port is named before anything is started', async () => {
  const folder = stateFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  const stack = start(folder, { GATEWAY_PORT: String(port) });
  expect(await stack.ended()).toBe(1);
  expect(stack.output().trim()).toBe(
    `Port ${port} of 127.0.0.1 is in use by another program: choose another one with GATEWAY_PORT.`,
  );
});

test('a start that is interrupted stops what it has started', { timeout: 120_000 }, async () => {
  const folder = stateFolder();
  const stack = start(folder, { GATEWAY_PORT: String(await freePort()) });
  await stack.untilItSays('Databases');
  const servers = serverPids(folder);
  expect(await stack.ended('SIGTERM')).toBe(0);
  await eventually(() => expectGone(servers));
  expect(stack.output()).toContain('Received SIGTERM: stopping.');
});

test('a setting that makes no sense is named', async () => {
  const stack = start(stateFolder(), { GATEWAY_PORT: 'high' });
  expect(await stack.ended()).toBe(1);
  expect(stack.output().trim()).toBe('GATEWAY_PORT is no port: high');
});
