import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { supervise } from '../src/distributed/supervise.ts';
import { stopLeftoverServices } from '../src/servers.ts';
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

async function spec(): Promise<ServerSpec> {
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

test('a crashed service is restarted on its port, until it is stopped', async () => {
  const service = await spec();
  const said: string[] = [];
  const lost: string[] = [];
  const url = service.url(0);
  const running = await supervise(service, { say: (line) => said.push(line), onLoss: (line) => lost.push(line) });
  const first = await pidAt(url);
  process.kill(first, 'SIGKILL');
  await eventually(() => expect(said.at(-1)).toBe('sample is running again.'));
  expect(said[0]).toContain('sample has crashed');
  const second = await pidAt(url);
  expect(second).not.toBe(first);
  await running.stop();
  await expect(pidAt(url)).rejects.toThrow('fetch failed');
  expect([identify(second), lost]).toEqual([undefined, []]);
});

test('a service that keeps crashing is given up, and the message names its log', async () => {
  const service = await spec();
  const said: string[] = [];
  const lost: string[] = [];
  const running = await supervise(service, { say: (line) => said.push(line), onLoss: (line) => lost.push(line) });
  onTestFinished(() => running.stop());
  for (let serves = 1; serves <= 4; serves++) {
    // Kill it only once it is running: a crash during the restart is reported differently.
    await eventually(() => expect(said.filter((line) => line === 'sample is running again.')).toHaveLength(serves - 1));
    await fetch(`${service.url(0)}end`).catch(() => {});
  }
  await eventually(() => expect(lost).toEqual([`sample keeps crashing. Read its log: ${service.logFile}`]));
});

test('the next start stops services that a killed stack left behind', async () => {
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
