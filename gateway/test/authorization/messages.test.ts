import { beforeAll, expect, test } from 'vitest';

import type { Engine } from '../../src/engine/api.ts';
import { ask, Federation, user } from '../engine/fixtures/federate.ts';
import { RESTRICTED } from './restricted.ts';

const federation = new Federation(RESTRICTED);
let engine: Engine;

beforeAll(async () => {
  engine = await federation.engine();
});

const FIELDS = ['private', 'either', 'me { nickname }', 'sales(venue: "v")'];

test('an anonymous caller is asked to sign in, whatever the field needs', async () => {
  for (const field of FIELDS) {
    const { errors } = await ask(engine, `{ ${field} }`);
    expect(errors).toMatchObject([{ message: 'Sign in to access this field.' }]);
  }
});

test('a signed-in caller is told what the account lacks, also after an anonymous one asked the same', async () => {
  const messages = new Map(
    await Promise.all(
      FIELDS.map(async (field) => [field, (await ask(engine, `{ ${field} }`, { caller: user() })).errors] as const),
    ),
  );
  expect(messages.get('private')).toBeUndefined();
  expect(messages.get('either')).toMatchObject([
    {
      message: 'Your account has no access to this field: it needs the scope a and b, or c.',
      extensions: { requiredScopes: [['a', 'b'], ['c']] },
    },
  ]);
  expect(messages.get('me { nickname }')).toMatchObject([{ extensions: { requiredScopes: [['users:read']] } }]);
  expect(messages.get('sales(venue: "v")')).toMatchObject([
    { message: 'Your account has no access to what this field was asked for.' },
  ]);
});
