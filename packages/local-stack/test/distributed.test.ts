import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { graphClient } from '../src/client/index.ts';
import { bookASeat } from '../src/demo/book-a-seat.ts';
import { chooseShow } from '../src/demo/choose-show.ts';
import { freePort } from '../src/servers/index.ts';
import { identify } from '../src/servers/process-identity.ts';
import { runProgram, type StackProcess } from './stack-process.ts';

const SHOW = 'query ($id: ID!) { show(id: $id) { title { name } availability { available } } }';

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

interface Answer {
  data: { show: { title: { name: string }; availability: object | null } };
  errors?: { extensions: object }[];
}

async function askFor(showId: string, endpoint: string): Promise<Answer> {
  const body = JSON.stringify({ query: SHOW, variables: { id: showId } });
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()) as Answer;
}

test(
  'in processes of their own a seat is booked, a killed subgraph comes back, and nothing outlives the stack',
  { timeout: 600_000 },
  async () => {
    const folder = stateFolder();
    const environment = { GATEWAY_PORT: String(await freePort()), RATE_LIMITS: 'off' };
    const stack = start(folder, environment);
    await stack.untilItSays('Ready after', 300_000);
    const endpoint = `http://127.0.0.1:${environment.GATEWAY_PORT}/graphql`;
    const journal: string[] = [];
    const played = {
      step: (text: string) => journal.push(text),
      event: (_who: string, text: string) => journal.push(text),
    };
    // A subscription that is live later than the hold sees nothing of it: while everything is cold that can happen.
    await eventually(() => bookASeat(endpoint, played), { timeoutMs: 60_000 });
    expect(journal.at(-1)).toMatch(/^tickets for /);

    const { show } = await chooseShow(graphClient({ endpoint }), 2);
    const whole = await askFor(show.id, endpoint);
    expect(whole.data.show.availability).not.toBeNull();
    process.kill(noted(folder).get('booking') ?? 0, 'SIGKILL');
    const without = await eventually(async () => {
      const answer = await askFor(show.id, endpoint);
      expect(answer.errors).toBeDefined();
      return answer;
    });
    expect(without.data.show).toEqual({ ...whole.data.show, availability: null });
    expect(without.errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' } }]);
    await stack.untilItSays('booking serves again.', 120_000);
    await eventually(async () => expect(await askFor(show.id, endpoint)).toEqual(whole), { timeoutMs: 15_000 });

    const running = noted(folder);
    expect([...running.keys()].toSorted()).toEqual([
      'accounts',
      'booking',
      'catalog',
      'gateway',
      'notifications',
      'payments',
      'postgres',
      'redis',
      'sandbox-provider',
    ]);
    expect(await stack.ended('SIGINT')).toBe(0);
    expectGone(running.values());
  },
);
