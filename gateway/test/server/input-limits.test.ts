import { openLog } from '@marquee/telemetry';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { send, startGateway } from './gateway-under-test.ts';
import { limitedTheatre, TRANSPORTS } from './limited-inputs.ts';

const GENRES = 'query ($genres: [Genre!]) { ofGenres(genres: $genres) }';
const LOG_IN = 'mutation ($input: LogInInput!) { logIn(input: $input) }';

test.each(TRANSPORTS)('over %s, a list and a string above their maximum reach no subgraph', async (_name, errorsOf) => {
  const gateway = await startGateway({}, limitedTheatre());
  const long = { genres: ['DRAMA', 'DRAMA', 'DRAMA'] };
  const input = { name: 'x'.repeat(11), password: 'x' };
  for (const [query, variables, field, message] of [
    [GENRES, long, 'genres', 'Send at most 2 items.'],
    ['{ ofGenres(genres: [DRAMA, DRAMA, OPERA]) }', {}, 'genres', 'Send at most 2 items.'],
    [LOG_IN, { input }, 'input.name', 'Enter at most 10 characters.'],
    [`query ($id: ID!) { ofGenres(ids: [$id]) }`, { id: 'x'.repeat(129) }, 'id', 'Enter at most 128 characters.'],
  ] as const) {
    const refused = [{ message, extensions: { code: 'BAD_USER_INPUT', field } }];
    expect(await errorsOf(gateway, query, variables)).toMatchObject(refused);
    // Once more, now that the operation may be in the cache.
    expect(await errorsOf(gateway, query, variables)).toMatchObject(refused);
  }
  expect(gateway.theatre.log.requests).toEqual([]);
  expect(await errorsOf(gateway, GENRES, { genres: ['DRAMA', 'OPERA'] })).toEqual([]);
  expect(gateway.theatre.log.requests).toHaveLength(1);
});

test.each(TRANSPORTS)('over %s, no error and no line of the log quotes a value', async (_name, errorsOf) => {
  let logged = '';
  const write = (line: string): void => void (logged += line);
  const log = openLog({ service: 'gateway', level: 'debug', destination: { write } });
  const gateway = await startGateway({ log }, limitedTheatre());
  for (const [query, variables] of [
    [LOG_IN, { input: { password: 'horse battery' } }],
    [LOG_IN, { input: { name: 'a', password: { horse: 'battery' } } }],
    [LOG_IN, { input: { name: 'a', password: 'horse battery staple horse' } }],
    ['mutation { confirm(code: [horse]) }', {}],
    ['mutation { logIn(input: { name: "a", password: horse }) }', {}],
    ['mutation { logIn(input: { password: "horse" }) }', {}],
    ['mutation { confirm(code "horse") }', {}],
  ] as const) {
    const errors = await errorsOf(gateway, query, variables);
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toMatch(/horse|battery/);
  }
  expect(logged).toContain('BAD_USER_INPUT');
  expect(logged).not.toMatch(/horse|battery/);
});

test('a list in the variables that is far too long costs too much, or has too many values', async () => {
  const { ask, theatre } = await startGateway({}, limitedTheatre());
  const attack = `query ($genres: [Genre!]) { ${Array.from({ length: 20 }, (_, n) => `a${n}: ofGenres(genres: $genres)`).join(' ')} }`;
  const codeOf = async (query: string, length: number) => {
    const { body } = await ask(query, { variables: { genres: Array(length).fill('DRAMA') } });
    return body.errors?.[0]?.extensions;
  };
  expect(await codeOf(attack, 19_999)).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE' });
  expect(await codeOf(attack, 501)).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE' });
  expect(await codeOf(attack, 499)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'genres' });
  expect(await codeOf(GENRES, 33_000)).toMatchObject({ code: 'OPERATION_TOO_LARGE', limit: 'maxValues' });
  expect(theatre.log.requests).toEqual([]);
});

test('clients read the limits in the public SDL', async () => {
  const { url } = await startGateway({}, limitedTheatre());
  const { text } = await send(url.replace('/graphql', '/schema.graphql'), {});
  expect(() => buildSchema(text)).not.toThrow();
  expect(text).toContain('genres: [Genre!] @constraint(maxItems: 2)');
  expect(text).toContain('password: String! @constraint(maxLength: 20) @secret');
});
