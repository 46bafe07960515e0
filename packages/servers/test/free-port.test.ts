import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../src/free-port.ts';

/** So many of the some 28,000 ports of a system that a port is all but surely met twice unless it is kept. */
const MANY = 1500;

async function times<T>(count: number, ask: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  while (answers.length < count) answers.push(await ask());
  return answers;
}

/** What looking alone gives. */
async function lookedAt(): Promise<number> {
  const { server, port } = await listening(0);
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(port: number) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('a port that was given stays free: nobody who asks for any port gets it', async () => {
  const given = await times(MANY, freePort);
  expect(new Set(given).size).toBe(MANY);
  const others = await times(MANY, lookedAt);
  expect(others.filter((port) => given.includes(port))).toEqual([]);
  const { server, port } = await listening(given[0] ?? 0);
  onTestFinished(() => void server.close());
  expect(port).toBe(given[0]);
});

test('control: ports that were only looked at are given again', async () => {
  expect(new Set(await times(MANY, lookedAt)).size).toBeLessThan(MANY);
});

test('a port that is taken is not given, but another one', async () => {
  const { server, port } = await listening(0);
  onTestFinished(() => void server.close());
  expect(await freePort('127.0.0.1', port)).not.toBe(port);
});
