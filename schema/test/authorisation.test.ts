import { expect, test } from 'vitest';

import { accounts, ACCOUNTS, BEFORE, replaced } from './guarded-registry.ts';
import { play, type PlayedChange } from './played.ts';

const REQUIREMENTS: PlayedChange[] = [
  [
    '@authenticated is exchanged for a policy',
    accounts('email: String @authenticated', 'email: String @policy(policies: [["own"]])'),
    7,
    ['error authorisation/loosened User.email [accounts]'],
  ],
  [
    'a policy is added to @authenticated',
    accounts('email: String @authenticated', 'email: String @authenticated @policy(policies: [["own"]])'),
    0,
    [],
  ],
  [
    'a policy is exchanged for @authenticated',
    {
      before: {
        accounts: replaced(ACCOUNTS, 'email: String @authenticated', 'email: String @policy(policies: [["own"]])'),
      },
      after: { accounts: ACCOUNTS },
    },
    7,
    ['error authorisation/loosened User.email [accounts]'],
  ],
  [
    'scopes are exchanged for a policy',
    accounts('@requiresScopes(scopes: [["users:read"]])', '@policy(policies: [["staff"]])'),
    7,
    ['error authorisation/loosened Query.users [accounts]'],
  ],
  [
    'a guard moves from a field to its type',
    accounts('wallet: Wallet @authenticated }\n  type Wallet', 'wallet: Wallet }\n  type Wallet @authenticated'),
    0,
    [],
  ],
  [
    'a type loses its guard',
    {
      before: { accounts: replaced(ACCOUNTS, 'type Wallet', 'type Wallet @requiresScopes(scopes: [["money"]])') },
      after: { accounts: ACCOUNTS },
    },
    7,
    ['error authorisation/removed Wallet [accounts]'],
  ],
  [
    'a type loses its guard, and a field of it its own',
    {
      before: {
        accounts: replaced(
          ACCOUNTS,
          'type Wallet { balance: Int',
          'type Wallet @authenticated { balance: Int @requiresScopes(scopes: [["money"]])',
        ),
      },
      after: { accounts: ACCOUNTS },
    },
    7,
    ['error authorisation/removed Wallet [accounts]', 'error authorisation/removed Wallet.balance [accounts]'],
  ],
  [
    'a field gets a return type without the guard of the old one',
    {
      before: { accounts: replaced(ACCOUNTS, 'type Wallet', 'type Wallet @requiresScopes(scopes: [["money"]])') },
      after: { accounts: `${ACCOUNTS.replace('wallet: Wallet', 'wallet: Purse')} type Purse { coins: Int }` },
    },
    7,
    [
      'error authorisation/loosened User.wallet [accounts]',
      'error authorisation/removed Wallet [accounts]',
      'note breaking/field-type-changed User.wallet [accounts]',
    ],
  ],
];

const SECRET =
  'type Query { free: Int } type User @key(fields: "id") { id: ID! email: String @override(from: "accounts") }';
const OVERRIDES: PlayedChange[] = [
  [
    'a field is taken over without its guard',
    { before: BEFORE, after: { mail: SECRET } },
    7,
    ['error authorisation/overridden User.email [mail]', 'note breaking/field-overridden User.email [accounts]'],
  ],
  [
    'a field is taken over with its guard',
    { before: BEFORE, after: { mail: SECRET.replace('email: String', 'email: String @authenticated') } },
    0,
    ['note breaking/field-overridden User.email [accounts]'],
  ],
  [
    'a field is taken over without the guard of its type',
    {
      before: { accounts: replaced(ACCOUNTS, '@key(fields: "id")', '@key(fields: "id") @authenticated') },
      after: { mail: SECRET.replace('email', 'name') },
    },
    7,
    ['error authorisation/overridden User.name [mail]', 'note breaking/field-overridden User.name [accounts]'],
  ],
  [
    'an overridden field is dropped, and its guard with it',
    {
      before: { ...BEFORE, mail: SECRET },
      after: { accounts: replaced(ACCOUNTS, 'email: String @authenticated', '') },
    },
    7,
    ['error authorisation/removed User.email [accounts]'],
  ],
];

const EXPOSED: PlayedChange[] = [
  [
    '@inaccessible is removed from a field',
    accounts(' @inaccessible }', ' }'),
    7,
    ['error authorisation/exposed Query.stats [accounts]'],
  ],
  [
    '@inaccessible is exchanged for a guard',
    accounts('stats: Int @inaccessible', 'stats: Int @requiresScopes(scopes: [["stats"]])'),
    7,
    ['error authorisation/exposed Query.stats [accounts]'],
  ],
  [
    '@inaccessible is removed from a type',
    accounts('type Audit @inaccessible', 'type Audit'),
    7,
    ['error authorisation/exposed Audit [accounts]'],
  ],
  [
    '@inaccessible is removed from an argument',
    accounts('(kind: Int @inaccessible)', '(kind: Int)'),
    7,
    [
      'error authorisation/exposed Wallet.limit(kind:) [accounts]',
      'warning breaking/field-argument-added Wallet.limit(kind:) [accounts]',
    ],
  ],
];

test.each([...REQUIREMENTS, ...OVERRIDES, ...EXPOSED])('%s', async (_name, change, code, found) => {
  expect(await play(change)).toEqual({ code, found });
});
