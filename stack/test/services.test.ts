import { expect, test } from 'vitest';
import { databaseNames } from '../src/databases.ts';
import { portNames, servicesOf } from '../src/distributed/services.ts';
import { settingsOf } from '../src/open-subgraphs.ts';
import { requireOwnDatabases, settingsFrom } from '../src/settings.ts';
import type { StackSite } from '../src/sites.ts';
import { loadSubgraphs, signerOf } from '../src/subgraphs.ts';

const definitions = await loadSubgraphs();
/** Sandboxes without a database. */
const IN_MEMORY = ['sandbox-mail', 'sandbox-push', 'sandbox-sign-in'];

function services(environment: NodeJS.ProcessEnv = {}, production = false, sites: readonly StackSite[] = []) {
  const ports = Object.fromEntries(['gateway', ...portNames()].map((name, index) => [name, 4_000 + index]));
  const metricsPorts = Object.fromEntries(Object.keys(ports).map((name, index) => [name, 9_464 + index]));
  return servicesOf({
    metricsPorts,
    ...{
      definitions,
      databaseUrls: {},
      redisUrl: 'redis://127.0.0.1:6379',
      redisCacheUrl: 'redis://127.0.0.1:6380',
      secret: (name) => `made up: ${name}`,
      folderOf: (name) => `/made-up/${name}`,
      serviceKeys: '/keys',
    },
    ...{
      settings: settingsOf(definitions, environment),
      host: '127.0.0.1',
      sites,
      ports,
      rateLimits: true,
      production,
      logLevel: 'info',
    },
  });
}

test('what signs tokens or has a seed serves before the others start, and the gateway starts last', () => {
  const [first = [], others = [], last = []] = services().map((group) => group.map(({ name }) => name));
  expect(first).toContain(signerOf(definitions));
  expect(first).toEqual(expect.arrayContaining(definitions.filter(({ seed }) => seed).map(({ name }) => name)));
  expect([...first, ...others].toSorted()).toEqual([...databaseNames(), ...IN_MEMORY].toSorted());
  expect(last).toEqual(['gateway']);
});

test('a setting in the environment overrides the stack’s own, as in one process', () => {
  const variablesOf = (environment?: NodeJS.ProcessEnv) =>
    services(environment)
      .flat()
      .find(({ name }) => name === 'booking')?.variables;
  expect(variablesOf()).toMatchObject({ BOOKING_TICKET_SECRET: 'made up: BOOKING_TICKET_SECRET' });
  expect(variablesOf({ BOOKING_TICKET_SECRET: 'of production' })).toMatchObject({
    BOOKING_TICKET_SECRET: 'of production',
  });
});

test('where it plays production, the gateway gets what it does not refuse, and the sandboxes do not know', () => {
  const variablesOf = (service: string, production: boolean) =>
    services({}, production)
      .flat()
      .find(({ name }) => name === service)?.variables;
  expect(variablesOf('gateway', false)).toHaveProperty('DEMO_ACCOUNTS');
  for (const name of ['DEMO_ACCOUNTS', 'SANDBOX_PAGES']) expect(variablesOf('gateway', true)).not.toHaveProperty(name);
  for (const name of ['sandbox-provider', ...IN_MEMORY]) {
    expect(variablesOf(name, true)).toMatchObject({ NODE_ENV: 'development' });
  }
});

test('mails lead to the applications that the gateway serves, on the host that passkeys work on', () => {
  const sites = [{ prefix: '/', folder: '/built', name: 'Storefront' }];
  const variablesOf = (service: string, ...given: Parameters<typeof services>) =>
    services(...given)
      .flat()
      .find(({ name }) => name === service)?.variables;
  const here = 'http://localhost:4000';
  expect(variablesOf('gateway', {}, false, sites)).toMatchObject({ SITES: '{"/":"/built"}' });
  expect(variablesOf('accounts', {}, false, sites)).toMatchObject({
    ACCOUNTS_STOREFRONT_URL: here,
    ACCOUNTS_PUBLIC_URL: here,
  });
  const both = [...sites, { prefix: '/backoffice', folder: '/office', name: 'Back office' }];
  expect(variablesOf('notifications', {}, false, both)).toMatchObject({
    NOTIFICATIONS_STOREFRONT_URL: here,
    NOTIFICATIONS_BACKOFFICE_URL: `${here}/backoffice`,
  });
  expect(variablesOf('notifications', {}, false, sites)).not.toHaveProperty('NOTIFICATIONS_BACKOFFICE_URL');
  expect(variablesOf('accounts', {}, true, sites)).not.toHaveProperty('ACCOUNTS_STOREFRONT_URL');
  expect(variablesOf('accounts')).toMatchObject({ ACCOUNTS_PUBLIC_URL: 'http://127.0.0.1:4000' });
  expect(variablesOf('accounts')).not.toHaveProperty('ACCOUNTS_STOREFRONT_URL');
});

test('only the gateway, and subgraphs that say so, reach the Redis that may evict', () => {
  const having = services()
    .flat()
    .filter(({ variables }) => 'REDIS_CACHE_URL' in variables);
  const caching = definitions.filter(({ caches }) => caches).map(({ name }) => name);
  expect(caching).toContain('feed');
  expect(caching.length).toBeLessThan(definitions.length);
  expect(having.map(({ name }) => name).toSorted()).toEqual([...caching, 'gateway'].toSorted());
});

test('a stack that plays production seeds no given database', () => {
  const given = { NODE_ENV: 'production', DATABASE_URL: 'postgresql://db/postgres' };
  const start = (variables: Record<string, string>) => () =>
    requireOwnDatabases(settingsFrom({ ...given, ...variables }, ['booking']));
  expect(start({})).toThrow('Unset DATABASE_URL, or NODE_ENV');
  expect(start({ DATABASE_URL: '', DATABASE_URL_BOOKING: given.DATABASE_URL })).toThrow('Unset DATABASE_URL');
  expect(start({ DATABASE_URL: '' })).not.toThrow();
  expect(start({ NODE_ENV: '' })).not.toThrow();
});

test('two subgraphs that sign access tokens keep the stack from starting', () => {
  const signer = (name: string) => ({ name, signsTokens: true });
  expect(() => signerOf([signer('accounts'), signer('partners')])).toThrow('Both accounts and partners sign');
  expect(() => signerOf([{ name: 'booking', signsTokens: false }])).toThrow('No subgraph signs');
});
