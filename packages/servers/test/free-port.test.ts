import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, reservePort } from '../src/free-port.ts';

/** Enough of a system's 28,000 ephemeral ports that a port is almost certainly handed out twice, unless reserved. */
const PORTS = 1500;

async function repeat<T>(count: number, ask: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  while (answers.length < count) answers.push(await ask());
  return answers;
}

async function freePortUnreserved(): Promise<number> {
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

test('a reserved port is not handed out again', async () => {
  const given = await repeat(PORTS, freePort);
  expect(new Set(given).size).toBe(PORTS);
  const others = await repeat(PORTS, freePortUnreserved);
  expect(others.filter((port) => given.includes(port))).toEqual([]);
  const { server, port } = await listening(given[0] ?? 0);
  onTestFinished(() => void server.close());
  expect(port).toBe(given[0]);
});

test('control: ports that are not reserved are handed out again', async () => {
  expect(new Set(await repeat(PORTS, freePortUnreserved)).size).toBeLessThan(PORTS);
});

test('when the wanted port is taken, another one is returned', async () => {
  const { server, port } = await listening(0);
  onTestFinished(() => void server.close());
  expect(await freePort('127.0.0.1', port)).not.toBe(port);
});

test('a client that connects meanwhile and keeps its connection delays nothing', async () => {
  const port = await freePort();
  let isOver = false;
  const strangers: Socket[] = [];
  const connectOn = (): void => {
    if (isOver) return;
    const stranger = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined);
    strangers.push(stranger.on('close', connectOn));
    stranger.once('connect', connectOn);
  };
  connectOn();
  for (let round = 0; round < 20; round += 1) expect(await reservePort('127.0.0.1', port)).toBe(port);
  isOver = true;
  for (const stranger of strangers) stranger.destroy();
  expect(strangers.length).toBeGreaterThan(1);
});
