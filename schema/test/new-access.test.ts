import { expect, test } from 'vitest';

import { accounts, ACCOUNTS, BEFORE, catalog, CATALOG, replaced } from './guarded-registry.ts';
import { play, type PlayedChange } from './played.ts';

const ADDED: PlayedChange[] = [
  [
    'a field is renamed without its guard',
    accounts('email: String @authenticated', 'mail: String'),
    7,
    ['error authorisation/renamed User.mail [accounts]', 'note breaking/field-removed User.email [accounts]'],
  ],
  [
    'a field is renamed with a weaker guard',
    accounts('users: [User!] @requiresScopes(scopes: [["users:read"]])', 'people: [User!] @authenticated'),
    7,
    ['error authorisation/renamed Query.people [accounts]', 'note breaking/field-removed Query.users [accounts]'],
  ],
  [
    'a field is renamed with its guard',
    accounts('email: String @authenticated', 'mail: String @authenticated'),
    0,
    ['note breaking/field-removed User.email [accounts]'],
  ],
  [
    'a type is renamed without its guard',
    {
      before: {
        accounts: replaced(
          ACCOUNTS,
          'wallet: Wallet @authenticated }\n  type Wallet',
          'wallet: Wallet }\n  type Wallet @authenticated',
        ),
      },
      after: {
        accounts: replaced(ACCOUNTS, 'wallet: Wallet @authenticated', 'purse: Purse').replace(
          'type Wallet',
          'type Purse',
        ),
      },
    },
    7,
    [
      'error authorisation/renamed Purse [accounts]',
      'error authorisation/renamed User.purse [accounts]',
      'note breaking/field-removed User.wallet [accounts]',
      'note breaking/type-removed Wallet [accounts]',
    ],
  ],
  [
    'another subgraph adds an open field to a guarded type',
    {
      before: { ...BEFORE, halls: 'type Query { a: Int } type User @key(fields: "id") { id: ID! }' },
      after: { halls: 'type Query { a: Int } type User @key(fields: "id") { id: ID! seats: Int }' },
    },
    7,
    ['error authorisation/unprotected User.seats [halls]'],
  ],
  [
    'a new subgraph adds an open field to a guarded type',
    { before: BEFORE, after: { halls: 'type User @key(fields: "id") { id: ID! seats: Int }' } },
    7,
    ['error authorisation/unprotected User.seats [halls]'],
  ],
  [
    'a new subgraph adds a guarded field to a guarded type, and an open query',
    {
      before: BEFORE,
      after: { halls: 'type Query { halls: Int } type User @key(fields: "id") { id: ID! seats: Int @authenticated }' },
    },
    0,
    [],
  ],
  [
    'a hidden field is added to a guarded type',
    accounts('name: String email', 'name: String risk: Int @inaccessible email'),
    0,
    [],
  ],
];

const SAFE = 'type Safe { gold: Int @authenticated }';
const WAYS: PlayedChange[] = [
  [
    'a new open field leads to what guarded fields gave',
    {
      before: BEFORE,
      after: {
        catalog: `${replaced(CATALOG, 'name: String', 'name: String owner: User')} type User @key(fields: "id", resolvable: false) { id: ID! }`,
      },
    },
    7,
    ['error authorisation/new-way Show.owner [catalog]'],
  ],
  [
    'a new field with a weaker guard leads to what guarded fields gave',
    {
      before: { accounts: replaced(ACCOUNTS, 'viewer: User @authenticated', 'ok: Int') },
      after: { accounts: replaced(ACCOUNTS, 'viewer: User @authenticated', 'ok: Int me: User @authenticated') },
    },
    7,
    ['error authorisation/new-way Query.me [accounts]'],
  ],
  [
    'a new way is guarded as the others',
    {
      before: BEFORE,
      after: {
        catalog: `${replaced(CATALOG, 'name: String', 'name: String owner: User @authenticated')} type User @key(fields: "id", resolvable: false) { id: ID! }`,
      },
    },
    0,
    [],
  ],
  [
    'a new way leads to fields that are all guarded themselves',
    {
      before: { catalog: `${replaced(CATALOG, 'rows: Int', 'rows: Int safe: Safe @authenticated')} ${SAFE}` },
      after: {
        catalog: `${replaced(CATALOG, 'rows: Int', 'rows: Int safe: Safe @authenticated')} ${SAFE}`.replace(
          'name: String',
          'name: String safe: Safe',
        ),
      },
    },
    0,
    [],
  ],
  [
    'a new way leads through a new type',
    {
      before: BEFORE,
      after: {
        accounts:
          `${replaced(ACCOUNTS, 'stats: Int', 'page: Page stats: Int')} type Page { wallets: [Wallet] }`.replace(
            'page: Page',
            'page: Page @shareable',
          ),
      },
    },
    7,
    ['error authorisation/unprotected Query.page [accounts]'],
  ],
  [
    'a new way of another subgraph leads through a new type',
    {
      before: BEFORE,
      after: {
        catalog: `${replaced(CATALOG, 'show: Show', 'show: Show page: Page')} type Page { users: [User] } type User @key(fields: "id", resolvable: false) { id: ID! }`,
      },
    },
    7,
    ['error authorisation/new-way Query.page [catalog]'],
  ],
  [
    'a union that everybody gets gains a member that only guarded fields gave',
    {
      before: BEFORE,
      after: {
        catalog: `${replaced(CATALOG, 'Show | Hall', 'Show | Hall | User')} type User @key(fields: "id", resolvable: false) { id: ID! }`,
      },
    },
    7,
    ['error authorisation/new-way Pick [catalog]', 'warning breaking/union-member-added Pick [catalog]'],
  ],
  [
    'a type that only guarded fields gave joins an interface that everybody gets',
    {
      before: BEFORE,
      after: { catalog: `${CATALOG} type User implements Thing @key(fields: "id", resolvable: false) { id: ID! }` },
    },
    7,
    ['error authorisation/new-way Thing [catalog]', 'warning breaking/object-type-interface-added User [catalog]'],
  ],
  ['an open type gets a new open field', catalog('rows: Int', 'rows: Int show: Show'), 0, []],
];

test.each([...ADDED, ...WAYS])('%s', async (_name, change, code, found) => {
  expect(await play(change)).toEqual({ code, found });
});
