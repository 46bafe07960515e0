import { expect, test } from 'vitest';

import { play, type PlayedChange } from './played.ts';

const CATALOG = `
  type Query { show: Show settings: Settings }
  type Show @key(fields: "id") { id: ID! name: String! mood: String }
  type Settings { theme: String }`;
const BOOKING = 'type Query { free: Int } type Show @key(fields: "id") { id: ID! seats: Int }';
const BEFORE = { catalog: CATALOG, booking: BOOKING };
const USED = { 'app/all.graphql': 'query Show { show { id name seats } settings { theme } }' };
const without = (field: string): string => CATALOG.replace(field, '');
const withSeats = (fields: string): string => BOOKING.replace('seats: Int', `seats: Int ${fields}`);

const RATED = 'type Query { free: Int } type Title @key(fields: "id") @interfaceObject { id: ID! rating: Int }';

const MOVES: PlayedChange[] = [
  [
    'a field that is used moves in one publication',
    {
      before: BEFORE,
      after: { catalog: without('name: String!'), booking: withSeats('name: String!') },
      clients: USED,
    },
    6,
    ['error breaking/field-moved Show.name [catalog]: app Show'],
  ],
  [
    'a field moves in one publication, with an @override of what is gone',
    {
      before: BEFORE,
      after: { catalog: without('name: String!'), booking: withSeats('name: String! @override(from: "catalog")') },
      clients: USED,
    },
    6,
    ['error breaking/field-moved Show.name [catalog]: app Show'],
  ],
  [
    'an unused field moves in one publication',
    { before: BEFORE, after: { catalog: without('mood: String'), booking: withSeats('mood: String') }, clients: USED },
    0,
    ['note breaking/field-moved Show.mood [catalog]'],
  ],
  [
    'a field is taken over with @override',
    { before: BEFORE, after: { booking: withSeats('name: String! @override(from: "catalog")') }, clients: USED },
    0,
    ['note breaking/field-overridden Show.name [catalog]'],
  ],
  [
    'a field is dropped after it was taken over',
    {
      before: { ...BEFORE, booking: withSeats('name: String! @override(from: "catalog")') },
      after: { catalog: without('name: String!') },
      clients: USED,
    },
    0,
    [],
  ],
  [
    'an @override is taken back in one publication',
    {
      before: { ...BEFORE, booking: withSeats('name: String! @override(from: "catalog")') },
      after: { booking: BOOKING },
      clients: USED,
    },
    6,
    ['error breaking/field-moved Show.name [booking]: app Show'],
  ],
  [
    'a shared field is dropped by one of its subgraphs',
    {
      before: {
        catalog: CATALOG.replace('name: String!', 'name: String! @shareable'),
        booking: withSeats('name: String! @shareable'),
      },
      after: { booking: BOOKING },
      clients: USED,
    },
    6,
    ['error breaking/field-moved Show.name [booking]: app Show'],
  ],
  [
    'a field becomes @external',
    {
      before: {
        catalog: CATALOG.replace('mood: String', 'mood: String @shareable'),
        booking: withSeats('mood: String @shareable'),
      },
      after: {
        booking: `${BOOKING.replace('seats: Int', 'mood: String @external seats: Int @requires(fields: "mood")')}`,
      },
      clients: { 'app/all.graphql': 'query Mood { show { mood } }' },
    },
    6,
    ['error breaking/field-moved Show.mood [booking]: app Mood'],
  ],
  [
    'a root field with its type moves in one publication',
    {
      before: BEFORE,
      after: {
        catalog: without('settings: Settings').replace('type Settings { theme: String }', ''),
        booking: `${BOOKING.replace('free: Int', 'free: Int settings: Settings')} type Settings { theme: String }`,
      },
      clients: USED,
    },
    6,
    ['error breaking/field-moved Query.settings [catalog]: app Show'],
  ],
  [
    'an entity moves in one publication',
    {
      before: BEFORE,
      after: { booking: 'type Query { free: Int }', halls: 'type Show @key(fields: "id") { id: ID! seats: Int }' },
      clients: USED,
    },
    6,
    ['error breaking/type-moved Show [booking]: app Show'],
  ],
  [
    'an entity is dropped after all its fields were taken over',
    {
      before: { ...BEFORE, halls: 'type Show @key(fields: "id") { id: ID! seats: Int @override(from: "booking") }' },
      after: { booking: 'type Query { free: Int }' },
      clients: USED,
    },
    0,
    [],
  ],
  [
    'a field that a subgraph adds to an interface moves in one publication',
    {
      before: {
        titles:
          'type Query { movie: Movie } interface Title @key(fields: "id") { id: ID! } type Movie implements Title @key(fields: "id") { id: ID! }',
        ratings: RATED,
      },
      after: { ratings: 'type Query { free: Int }', reviews: RATED.replace('type Query { free: Int }', '') },
      clients: { 'app/all.graphql': 'query Movie { movie { rating } }' },
    },
    6,
    ['error breaking/type-moved Title [ratings]: app Movie'],
  ],
  [
    'a subgraph is renamed',
    { before: BEFORE, after: { booking: null, sales: BOOKING }, clients: USED },
    6,
    ['error breaking/type-moved Show [booking]: app Show', 'note breaking/field-moved Query.free [booking]'],
  ],
];

const KEYED = (key: string): string => `
  type Query { show: Show }
  type Show @key(fields: "${key}") { id: ID! hall: Hall! name: String }
  type Hall { id: ID! city: String! }`;
const keyed = (before: string, after: string): PlayedChange[1] => ({
  before: { catalog: before },
  after: { catalog: after },
});

const KEYS: PlayedChange[] = [
  ['the fields of a key change their order', keyed(KEYED('id hall { id city }'), KEYED('hall{city,id}\\n id')), 0, []],
  [
    'a key moves to an extension',
    keyed(KEYED('id'), `${KEYED('id').replace('@key(fields: "id")', '')} extend type Show @key(fields: "id")`),
    0,
    [],
  ],
  [
    'a key of an extension is removed',
    keyed(`${KEYED('id').replace('@key(fields: "id")', '')} extend type Show @key(fields: "id")`, KEYED('hall { id }')),
    6,
    ['error breaking/key-removed Show [catalog]'],
  ],
  [
    'a key loses a nested field',
    keyed(KEYED('id hall { id city }'), KEYED('id hall { id }')),
    6,
    ['error breaking/key-removed Show [catalog]'],
  ],
  [
    'a key is no longer resolvable',
    {
      before: { catalog: KEYED('id'), booking: BOOKING },
      after: { booking: 'type Query { free: Int } type Show @key(fields: "id", resolvable: false) { id: ID! }' },
    },
    6,
    ['error breaking/key-removed Show [booking]', 'note breaking/field-removed Show.seats [booking]'],
  ],
  ['a key is added', keyed(KEYED('id'), KEYED('id').replace('{ id: ID!', '@key(fields: "name") { id: ID!')), 0, []],
];

test.each([...MOVES, ...KEYS])('%s', async (_name, change, code, found) => {
  expect(await play(change)).toEqual({ code, found });
});
