import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../src/servers/index.ts';
import { identify } from '../src/servers/process-identity.ts';
import { runProgram, type StackProcess } from './stack-process.ts';

const SHOWS =
  '{ cities(first: 1) { edges { node { id name } } } title(id: "ttl_none") { id } viewer { bookings(first: 1) { totalCount } } }';

function stateFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'marquee-distributed-'));
  chmodSync(parent, 0o711);
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'state');
}

function start(folder: string, environment: Record<string, string>): StackProcess {
  const stack = runProgram('distributed-main.ts', folder, environment);
  onTestFinished(() => void stack.process.kill('SIGKILL'));
  return stack;
}

/** The pid of each process that the stack has noted, by name. */
function noted(folder: string): Map<string, number> {
  const services = join(folder, 'services');
  const files = [
    ...['postgres', 'redis'].map((server) => [server, join(folder, server, 'server.json')] as const),
    ...readdirSync(services)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.slice(0, -'.json'.length), join(services, file)] as const),
  ];
  return new Map(files.map(([name, file]) => [name, (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid]));
}

function expectGone(pids: Iterable<number>): void {
  expect([...pids].filter((pid) => identify(pid) !== undefined)).toEqual([]);
}
