import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { builtProgram, testDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { subgraphNames } from '../src/subgraphs.ts';
import { query } from './server-process.ts';

const programs = {
  'audit-events': await builtProgram(new URL('../src/audit-events-main.ts', import.meta.url)),
  'replay-events': await builtProgram(new URL('../src/replay-events-main.ts', import.meta.url)),
};

/** Databases of all subgraphs, and the environment that names them. */
async function databases(): Promise<{ url: (name: string) => string; environment: NodeJS.ProcessEnv }> {
  const made = await Promise.all(subgraphNames().map(async (name) => [name, (await testDatabase(name)).url] as const));
  const urls = new Map<string, string>(made);
  const environment = Object.fromEntries(made.map(([name, url]) => [`DATABASE_URL_${name.toUpperCase()}`, url]));
  return { url: (name) => urls.get(name) ?? '', environment };
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(
  command: keyof typeof programs,
  environment: NodeJS.ProcessEnv,
  ...parameters: string[]
): Promise<Ended> {
  const running = promisify(execFile)(process.execPath, [programs[command], ...parameters], { env: environment });
  return running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: Ended) => ({ code, stdout, stderr }),
  );
}

test('the audit lists an event without its effect, and repairs it', { timeout: 90_000 }, async () => {
  const { url, environment } = await databases();
  const id = randomUUID();
  await query(
    url('payments'),
    `INSERT INTO event_subscribers VALUES ('booking', gen_random_uuid(), 1, '{payment.succeeded}');
     INSERT INTO outbox_events (id, type, key, payload, occurred_at, published_at)
     VALUES ('${id}', 'payment.succeeded', 'pay_1', '{}', now() - interval '2 minutes', now() - interval '2 minutes')`,
  );
  const audit = (...parameters: string[]) => run('audit-events', environment, ...parameters);
  expect(await audit('--repair')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(
      `booking has not received payment.succeeded of payments for 1\\d\\d s: key pay_1, id ${id}`,
    ),
  });
  expect(await query(url('payments'), 'SELECT consumer FROM unacknowledged_events')).toEqual([{ consumer: 'booking' }]);
  expect(await audit('--grace', '3600')).toMatchObject({ code: 0, stdout: '0 events are missing\n' });
  await query(url('booking'), `INSERT INTO inbox_events VALUES ('booking', '${id}')`);
  expect(await audit()).toMatchObject({ code: 0, stdout: '0 events are missing\n' });
  expect(await audit('--forget', 'booking')).toMatchObject({ stdout: 'payments no longer waits for booking\n' });
  expect(await audit('--forget', 'booking')).toMatchObject({ code: 1, stdout: 'No domain waits for booking.\n' });
  expect(await query(url('payments'), 'SELECT FROM event_subscribers')).toEqual([]);
});

test('dead letters are listed with their errors, and tried again on request', { timeout: 90_000 }, async () => {
  const { url, environment } = await databases();
  await query(
    url('booking'),
    `INSERT INTO dead_letters (consumer, event_id, type, event, error, attempts)
     VALUES ('booking', gen_random_uuid(), 'payment.failed', '{}', 'cannot handle this', 10)`,
  );
  const replay = (...parameters: string[]) => run('replay-events', environment, ...parameters);
  expect(await run('audit-events', environment)).toMatchObject({
    stdout: expect.stringContaining('booking keeps 1 dead letters'),
  });
  expect((await replay('booking', '--list')).stdout).toContain('payment.failed after 10 attempts: cannot handle this');
  const requested = 'SELECT FROM dead_letters WHERE replay_requested_at IS NOT NULL';
  expect(await query(url('booking'), requested)).toHaveLength(0);
  expect((await replay('booking')).stdout).toContain('1 dead letters of booking are tried again');
  expect(await query(url('booking'), requested)).toHaveLength(1);
});

test('the commands say what is wrong with their parameters, and that there is no Postgres', async () => {
  const [unnamed, misspelled, unknown, nowhere] = await Promise.all([
    run('replay-events', {}),
    run('replay-events', {}, 'booking', '--lsit'),
    run('audit-events', {}, '--mend'),
    run('audit-events', { MARQUEE_FOLDER: tmpdir() }),
  ]);
  expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
  expect(misspelled).toMatchObject({ code: 2, stderr: expect.stringContaining('--lsit') });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage:') });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no Postgres') });
});
