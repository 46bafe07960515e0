import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseUrl } from '@marquee/database';
import { freePort } from '@marquee/servers';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';

import { copyRepository, REPOSITORY } from './repository-copy.ts';
import { query } from './server-process.ts';
import { runNode } from './stack-process.ts';

const NAME = 'lost-umbrellas';
const FOLDERS = [`subgraphs/${NAME}`, `prisma/${NAME}`];
const GENERATED = ['package-lock.json', 'schema/api.graphql', 'schema/supergraph.graphql'];

/** Code that this repository has generated need not be generated again. */
const CACHE = { TURBO_CACHE_DIR: join(REPOSITORY, '.turbo/cache') };

let copy = '';
let files: readonly string[] = [];

beforeAll(() => {
  ({ root: copy, files } = copyRepository());
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a script of the copy to its end. @returns its output @throws with the output when it fails */
async function run(script: string, ...args: string[]): Promise<string> {
  const running = runNode(join(copy, script), CACHE, args);
  if ((await running.ended()) !== 0) throw new Error(`${script} failed:\n${running.output()}`);
  return running.output();
}

const read = (file: string): string => readFileSync(join(copy, file), 'utf8');

/** The files of this repository that are different in the copy. */
function changed(): string[] {
  return files.filter((file) => !readFileSync(join(REPOSITORY, file)).equals(readFileSync(join(copy, file))));
}

test('names that are not free are refused before anything is written', async () => {
  const refused = async (...args: string[]): Promise<string> => {
    const running = runNode(join(copy, 'scripts/new-subgraph.mjs'), {}, args);
    expect(await running.ended()).toBe(2);
    return running.output();
  };
  expect(await refused()).toContain('Usage: npm run new:subgraph');
  expect(await refused('Lost_Umbrellas')).toContain('lower-case letters, digits and single hyphens');
  expect(await refused('booking')).toContain('The name booking is taken by subgraphs/booking.');
  expect(await refused('gateway')).toContain('The name gateway is taken by node_modules/@marquee/gateway.');
  expect(await refused('classes', 'Class')).toContain('The code cannot use “class” for the entity.');
  expect(await refused('shows')).toContain('The supergraph already has Show');
  expect(readdirSync(join(copy, 'subgraphs'))).toEqual(readdirSync(join(REPOSITORY, 'subgraphs')));
});

test('a new subgraph is made by one command, which writes its two folders', { timeout: 300_000 }, async () => {
  const output = await run('scripts/new-subgraph.mjs', NAME);
  expect(output).toContain(`Written: ${FOLDERS.join(' and ')}.`);
  expect(changed()).toEqual(GENERATED);
});

test(
  'it is served with the others, and keeps what its database and its permissions decide',
  { timeout: 300_000 },
  async () => {
    const endpoint = await startStack();
    const owner = await registered(endpoint, 'owner');
    const other = await registered(endpoint, 'other');

    const rows = `SELECT id FROM lost_umbrellas WHERE owner_id = '${owner.id}'`;
    const database = databaseUrl(inject('postgresUrl'), NAME);
    const [welcome] = (await eventually(async () => {
      const found = await query(database, rows);
      expect(found).toHaveLength(1);
      return found;
    })) as { id: string }[];

    const blue = await ask(endpoint, CREATE, { name: 'Blue' }, owner.token);
    const created = { id: expect.any(String), owner: { displayName: 'owner' } };
    expect(blue).toEqual({ data: { createLostUmbrella: { lostUmbrella: created } } });
    const message = 'You already have a lost umbrella named “Blue”. Choose another name.';
    expect(await ask(endpoint, CREATE, { name: 'Blue' }, owner.token)).toEqual({
      data: { createLostUmbrella: { message } },
    });

    const ids = { a: welcome?.id, b: (blue as Created).data.createLostUmbrella.lostUmbrella.id };
    const both = { data: { a: { name: 'Welcome' }, b: { name: 'Blue' } } };
    expect(await ask(endpoint, READ, ids, owner.token)).toEqual(both);
    expect(await ask(endpoint, READ, ids, other.token)).toMatchObject({
      data: { a: null, b: null },
      errors: denied('FORBIDDEN'),
    });
    expect(await ask(endpoint, READ, ids)).toMatchObject({
      data: { a: null, b: null },
      errors: denied('UNAUTHORIZED_FIELD_OR_TYPE'),
    });
  },
);

test('its own tests pass', { timeout: 300_000 }, async () => {
  expect(await run('scripts/test.mjs', `subgraphs/${NAME}`, '--no-color')).toMatch(/Test Files\s+2 passed/);
});

test('nothing is found wrong with it, and publishing publishes it', { timeout: 300_000 }, async () => {
  await run('scripts/check.mjs');
  expect(await registry('publish')).toMatch(new RegExp(`^Published revision \\d+:.*\\b${NAME}\\b`, 'm'));
});

test('without its folders it is gone from everything', { timeout: 300_000 }, async () => {
  const built = (): boolean => readdirSync(join(copy, 'dist')).some((file) => read(`dist/${file}`).includes(NAME));
  expect(built()).toBe(true);
  for (const folder of FOLDERS) rmSync(join(copy, folder), { recursive: true });
  // Where git removes the folders, it leaves what it ignores.
  const generated = join(copy, `subgraphs/${NAME}/src/generated`);
  mkdirSync(generated, { recursive: true });
  await registry('compose');
  expect(await run('scripts/build.mjs')).not.toContain('Installing');
  expect([built(), existsSync(generated)]).toEqual([false, false]);
  const isPublished = (file: string): boolean => /^schema\/(published\/|CHANGELOG)/.test(file);
  expect(changed().filter((file) => !isPublished(file))).toEqual(['package-lock.json']);
});

function registry(command: string): Promise<string> {
  return run('node_modules/tsx/dist/cli.mjs', join(copy, 'schema/src/main.ts'), command);
}

/** Starts the copy's stack on the servers of the tests. @returns where it serves */
async function startStack(): Promise<string> {
  const port = String(await freePort());
  const stack = runNode(join(copy, 'scripts/start.mjs'), {
    ...CACHE,
    DATABASE_URL: inject('postgresUrl'),
    REDIS_URL: inject('redisUrl'),
    GATEWAY_PORT: port,
    RATE_LIMITS: 'off',
    SEED_BOOKINGS: 'off',
    MARQUEE_FOLDER: join(copy, '.marquee'),
  });
  onTestFinished(async () => void (await stack.ended('SIGTERM')));
  await stack.waitForOutput('Ready after', 240_000);
  return `http://127.0.0.1:${port}/graphql`;
}

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { ... on AuthPayload { accessToken user { id } } }
}`;
const CREATE = `mutation ($name: String!) {
  createLostUmbrella(input: { name: $name }) {
    ... on CreateLostUmbrellaPayload { lostUmbrella { id owner { displayName } } }
    ... on LostUmbrellaExistsError { message }
  }
}`;
const READ = 'query ($a: ID!, $b: ID!) { a: lostUmbrella(id: $a) { name } b: lostUmbrella(id: $b) { name } }';

interface Registered {
  data: { register: { accessToken: string; user: { id: string } } };
}

interface Created {
  data: { createLostUmbrella: { lostUmbrella: { id: string } } };
}

async function registered(endpoint: string, displayName: string): Promise<{ id: string; token: string }> {
  const input = { email: `${displayName}@example.test`, password: 'a long and unusual pass phrase', displayName };
  const { data } = (await ask(endpoint, REGISTER, { input })) as Registered;
  return { id: data.register.user.id, token: data.register.accessToken };
}

async function ask(endpoint: string, document: string, variables: object, token?: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const body = JSON.stringify({ query: document, variables });
  return (await fetch(endpoint, { method: 'POST', headers, body })).json();
}

const denied = (code: string) =>
  ['a', 'b'].map((field) => ({ path: expect.arrayContaining([field]), extensions: { code } }));
