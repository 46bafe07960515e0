import { expect, test } from 'vitest';

import { type Files, play, type Play, type PlayedChange } from './played.ts';

const SHOWS = `
  type Query { shows: [Show!]! state: State find: Found other: Other node: Node byState(state: State): Show }
  interface Node { id: ID }
  type Show implements Node { id: ID name: String! state: State! states: [State] mood: Mood seats: [String] }
  type Person implements Node { id: ID name: String! }
  enum State { OPEN OVER }
  enum Mood { CALM LOUD }
  union Found = Show | Person
  union Other = Show | Person`;
const without = (from: string, to = ''): Files => ({ shows: SHOWS.replace(from, to) });
const asked = (operation: string): Pick<Play, 'before' | 'clients'> => ({
  before: { shows: SHOWS },
  clients: { 'app/all.graphql': operation },
});

const NON_NULL = [
  ['a field', 'mood: Mood', 'mood: Mood!'],
  ['a list', 'seats: [String]', 'seats: [String]!'],
  ['the items of a list', 'seats: [String]', 'seats: [String!]'],
  ['a field of an interface', '{ id: ID', '{ id: ID!'],
] as const;

const CHANGES: PlayedChange[] = [
  [
    'a value of an enum that an operation selects is removed',
    { ...asked('query States { shows { state } }'), after: without(' OVER') },
    6,
    ['error breaking/enum-value-removed State.OVER [shows]: app States'],
  ],
  [
    'a value of an enum that an operation selects is renamed',
    { ...asked('query States { shows { states } }'), after: without('OVER', 'ENDED') },
    6,
    [
      'error breaking/enum-value-removed State.OVER [shows]: app States',
      'warning breaking/enum-value-added State.ENDED [shows]',
    ],
  ],
  [
    'a value of an enum that an operation sends is removed',
    { ...asked('query Over { byState(state: OVER) { name } }'), after: without(' OVER') },
    6,
    ['error breaking/enum-value-removed State.OVER [shows]: app Over', 'error drift/operation-invalid'],
  ],
  [
    'a value of an enum that no operation selects or sends is removed',
    { ...asked('query States { shows { state } }'), after: without(' LOUD') },
    0,
    ['note breaking/enum-value-removed Mood.LOUD [shows]'],
  ],
  [
    'a value of an enum is hidden',
    { ...asked('query States { shows { state } }'), after: without('OVER', 'OVER @inaccessible') },
    6,
    ['error breaking/enum-value-removed State.OVER [shows]: app States'],
  ],
  [
    'a union loses a member that an operation names',
    {
      ...asked('query Find { find { ... on Person { name } } } query Shows { find { ... on Show { name } } }'),
      after: without('union Found = Show | Person', 'union Found = Show'),
    },
    6,
    ['error breaking/union-member-removed Found [shows]: app Find', 'error drift/operation-invalid'],
  ],
  [
    'a union loses a member, and an operation asks for the name of its type',
    {
      ...asked('query Find { find { __typename ... on Show { name } } } query Else { other { __typename } }'),
      after: without('union Found = Show | Person', 'union Found = Show'),
    },
    6,
    ['error breaking/union-member-removed Found [shows]: app Find'],
  ],
  [
    'a union loses a member, and operations meet it elsewhere only',
    {
      ...asked(
        'query Else { other { __typename ... on Person { name } } } query Node { node { ... on Person { name } } }',
      ),
      after: without('union Found = Show | Person', 'union Found = Show'),
    },
    0,
    ['note breaking/union-member-removed Found [shows]'],
  ],
  [
    'a union loses a member that an operation spreads through a fragment on the union',
    {
      ...asked('query Find { find { ...All } } fragment All on Found { ... on Node { id ... on Person { name } } }'),
      after: without('union Found = Show | Person', 'union Found = Show'),
    },
    6,
    ['error breaking/union-member-removed Found [shows]: app Find'],
  ],
  [
    'a type leaves an interface, and an operation names it there',
    {
      ...asked('query Node { node { ... on Person { name } } } query Shows { shows { id } }'),
      after: without('type Person implements Node', 'type Person'),
    },
    6,
    ['error breaking/object-type-interface-removed Person [shows]: app Node', 'error drift/operation-invalid'],
  ],
  [
    'a type leaves an interface that no operation asks',
    {
      ...asked('query Find { find { ... on Person { id } } }'),
      after: without('type Person implements Node', 'type Person'),
    },
    0,
    ['note breaking/object-type-interface-removed Person [shows]'],
  ],
  ...NON_NULL.map(([what, from, to]): PlayedChange => [
    `${what} becomes non-null in responses`,
    { ...asked('query Shows { shows { mood seats id } node { id } }'), after: { shows: SHOWS.replaceAll(from, to) } },
    0,
    [],
  ]),
  [
    'a field becomes nullable in responses',
    { ...asked('query Shows { shows { name } }'), after: without('name: String! state', 'name: String state') },
    6,
    ['error breaking/field-type-changed Show.name [shows]: app Shows'],
  ],
];

test.each(CHANGES)('%s', async (_name, change, code, found) => {
  expect(await play(change)).toEqual({ code, found });
});
