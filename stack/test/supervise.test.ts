import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { supervise } from '../src/distributed/supervise.ts';
import { stopLeftoverServices } from '../src/servers-of-stack.ts';
import { freePort, type ServerSpec, identify } from '@marquee/servers';
import { openStateFolder } from '../src/state-folder.ts';

const SERVER = `
const server = require('node:http').createServer((request, response) => {
  if (request.url === '/end') process.exit(1);
  response.end(String(process.pid));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGINT', () => process.exit());
`;

async function recipe(): Promise<ServerSpec> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  return {
    name: 'sample',
    port,
    command: () => ({ program: process.execPath, args: ['-e', SERVER], env: { PORT: String(port) } }),
    url: () => `http://127.0.0.1:${port}/`,
    ping: pidAt,
    account: undefined,
    cwd: folder,
    logFile: join(folder, 'sample.log'),
    recordFile: join(folder, 'sample.json'),
    reaper: { watch: () => {}, remove: () => {}, dismiss: () => {} },
  };
}

async function pidAt(url: string): Promise<number> {
  return Number(await (await fetch(url)).text());
}

test('a service that dies is started again at its port, and a stop ends it for good', async () => {
  const service = await recipe();
  const said: string[] = [];
  const lost: string[] = [];
  const url = service.url(0);
  const running = await supervise(service, { say: (line) => said.push(line), onLoss: (line) => lost.push(line) });
  const first = await pidAt(url);
  process.kill(first, 'SIGKILL');
  await eventually(() => expect(said.at(-1)).toBe('sample serves again.'));
  expect(said[0]).toContain('sample has ended by itself');
  const second = await pidAt(url);
  expect(second).not.toBe(first);
  await running.stop();
  await expect(pidAt(url)).rejects.toThrow('fetch failed');
  expect([identify(second), lost]).toEqual([undefined, []]);
});

test('a service that keeps dying is given up, with the place of its log', async () => {
  const service = await recipe();
  const said: string[] = [];
  const lost: string[] = [];
  const running = await supervise(service, { say: (line) => said.push(line), onLoss: (line) => lost.push(line) });
  onTestFinished(() => running.stop());
  for (let serves = 1; serves <= 4; serves++) {
    // One that ends before it serves again has not come up, which is told in another way.
    await eventually(() => expect(said.filter((line) => line === 'sample serves again.')).toHaveLength(serves - 1));
    await fetch(`${service.url(0)}end`).catch(() => {});
  }
  await eventually(() => expect(lost).toEqual([`sample keeps ending: its log is ${service.logFile}`]));
});

test('services that a killed stack left behind are ended by the next start', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'marquee-state-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const state = openStateFolder(parent);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  const exit = once(child, 'exit');
  mkdirSync(state.servicesFolder);
  writeFileSync(join(state.servicesFolder, 'booking.json'), JSON.stringify(identify(child.pid ?? 0)));
  await stopLeftoverServices(state);
  expect(await exit).toEqual([null, 'SIGINT']);
});
