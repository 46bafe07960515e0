import { expect, test } from 'vitest';
import { databaseNames } from '../src/databases.ts';
import { portNames, servicesOf } from '../src/distributed/services.ts';
import { settingsOf } from '../src/open-subgraphs.ts';
import { loadSubgraphs, signerOf } from '../src/subgraphs.ts';

const definitions = await loadSubgraphs();

function services(environment: NodeJS.ProcessEnv = {}) {
  const ports = Object.fromEntries(['gateway', ...portNames()].map((name, index) => [name, 4_000 + index]));
  const metricsPorts = Object.fromEntries(Object.keys(ports).map((name, index) => [name, 9_464 + index]));
  return servicesOf({
    metricsPorts,
    ...{
      definitions,
      databaseUrls: {},
      redisUrl: 'redis://127.0.0.1:6379',
      secret: (name) => `made up: ${name}`,
      serviceKeys: '/keys',
    },
    ...{ settings: settingsOf(definitions, environment), host: '127.0.0.1', ports, rateLimits: true, logLevel: 'info' },
  });
}

test('what signs tokens or has a seed serves before the others start, and the gateway starts last', () => {
  const [first = [], others = [], last = []] = services().map((group) => group.map(({ name }) => name));
  expect(first).toContain(signerOf(definitions));
  expect(first).toEqual(expect.arrayContaining(definitions.filter(({ seed }) => seed).map(({ name }) => name)));
  expect([...first, ...others].toSorted()).toEqual([...databaseNames(), 'sandbox-mail'].toSorted());
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

test('two subgraphs that sign access tokens keep the stack from starting', () => {
  const signer = (name: string) => ({ name, signsTokens: true });
  expect(() => signerOf([signer('accounts'), signer('partners')])).toThrow('Both accounts and partners sign');
  expect(() => signerOf([{ name: 'booking', signsTokens: false }])).toThrow('No subgraph signs');
});
