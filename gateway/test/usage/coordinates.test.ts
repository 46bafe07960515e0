import type { UsageRecord } from '@marquee/schema-usage';
import { expect, test } from 'vitest';
import { recordingGateway } from './recording-gateway.ts';

interface Shape {
  readonly query: string;
  readonly variables?: object;
  /** Coordinates, each used once. */
  readonly uses: readonly string[];
}

const shapes: Record<string, Shape> = {
  'fields and arguments': {
    query: '{ events(first: 3) { id name(language: "de") } }',
    uses: ['Query.events', 'Query.events(first:)', 'Event.id', 'Event.name', 'Event.name(language:)'],
  },
  'fields under aliases by their names, once': {
    query: '{ a: events { one: id } b: events { two: id } }',
    uses: ['Query.events', 'Event.id'],
  },
  'fields of an interface apart from those of its types': {
    query: '{ events { id ... on Play { id acts } } }',
    uses: ['Query.events', 'Event.id', 'Play', 'Play.id', 'Play.acts'],
  },
  'fields of a union by the member on which they are selected': {
    query: '{ find(text: "a") { __typename ... on Play { acts } ... on Concert { band } } }',
    uses: ['Query.find', 'Query.find(text:)', 'Play', 'Play.acts', 'Concert', 'Concert.band'],
  },
  'fields in fragments, and the types that these name': {
    query: `query Named { events { ...A } } fragment A on Event { ...B ... { name } } fragment B on Play { acts }`,
    uses: ['Query.events', 'Event', 'Event.name', 'Play', 'Play.acts'],
  },
  'a field that a condition leaves out, since the document names it': {
    query: 'query ($no: Boolean = false) { events { id name @include(if: $no) } }',
    uses: ['Query.events', 'Event.id', 'Event.name'],
  },
  'enum values and input fields in literals, at any depth': {
    query: '{ events(genre: OPERA, filter: { genres: [DRAMA], any: [{ price: { to: 3 } }] }) { id } }',
    uses: [
      ...['Query.events', 'Query.events(genre:)', 'Query.events(filter:)', 'Event.id', 'Genre.OPERA', 'Genre.DRAMA'],
      ...['Filter.genres', 'Filter.any', 'Filter.price', 'Range.to'],
    ],
  },
  'enum values in variables': {
    query: 'query ($genre: Genre) { events(genre: $genre) { id } }',
    variables: { genre: 'COMEDY' },
    uses: ['Query.events', 'Query.events(genre:)', 'Event.id', 'Genre', 'Genre.COMEDY'],
  },
  'input fields in variables, in lists and in one another': {
    query: 'query ($filter: Filter) { events(filter: $filter) { id } }',
    variables: { filter: { genres: ['COMEDY', 'MIME'], any: [{ genre: 'OPERA' }, { any: [{ price: { from: 1 } }] }] } },
    uses: [
      ...['Query.events', 'Query.events(filter:)', 'Event.id', 'Filter', 'Genre.COMEDY', 'Genre.MIME', 'Genre.OPERA'],
      ...['Filter.genres', 'Filter.any', 'Filter.genre', 'Filter.price', 'Range.from'],
    ],
  },
  'a single value where a list is meant': {
    query: 'query ($filters: [[Filter]]) { find(filters: $filters) { __typename } }',
    variables: { filters: { genres: 'MIME' } },
    uses: ['Query.find', 'Query.find(filters:)', 'Filter', 'Filter.genres', 'Genre.MIME'],
  },
  'lists of lists with gaps': {
    query: 'query ($filters: [[Filter]]) { find(filters: $filters) { __typename } }',
    variables: { filters: [null, [null, { title: 'a' }]] },
    uses: ['Query.find', 'Query.find(filters:)', 'Filter', 'Filter.title'],
  },
  'an input field that is given as null': {
    query: 'query ($filter: Filter) { events(filter: $filter) { id } }',
    variables: { filter: { genre: null, price: null } },
    uses: ['Query.events', 'Query.events(filter:)', 'Event.id', 'Filter', 'Filter.genre', 'Filter.price'],
  },
  'nothing of a variable that is null or not given': {
    query: 'query ($filter: Filter, $genre: Genre) { events(filter: $filter, genre: $genre) { id } }',
    variables: { filter: null },
    uses: ['Query.events', 'Query.events(filter:)', 'Query.events(genre:)', 'Event.id', 'Filter', 'Genre'],
  },
  "a variable's default, since the document names it": {
    query: 'query ($genre: Genre = MIME) { events(genre: $genre) { id } }',
    variables: { genre: 'OPERA' },
    uses: ['Query.events', 'Query.events(genre:)', 'Event.id', 'Genre', 'Genre.MIME', 'Genre.OPERA'],
  },
  'variables within literals': {
    query: 'query ($genre: Genre!) { events(filter: { genres: [$genre] }) { id } }',
    variables: { genre: 'OPERA' },
    uses: ['Query.events', 'Query.events(filter:)', 'Event.id', 'Filter.genres', 'Genre', 'Genre.OPERA'],
  },
  'nothing inside a scalar': {
    query: 'query ($filter: Filter) { events(filter: $filter) { id } }',
    variables: { filter: { extra: { genre: 'OPERA', any: [] } } },
    uses: ['Query.events', 'Query.events(filter:)', 'Event.id', 'Filter', 'Filter.extra'],
  },
  mutations: {
    query: 'mutation ($filter: Filter!) { stage(filter: $filter, genre: MIME) { acts } }',
    variables: { filter: { genre: 'DRAMA' } },
    uses: [
      ...['Mutation.stage', 'Mutation.stage(filter:)', 'Mutation.stage(genre:)', 'Play.acts', 'Filter'],
      ...['Filter.genre', 'Genre.DRAMA', 'Genre.MIME'],
    ],
  },
  'nothing of introspection': {
    query:
      '{ __typename __schema { types { name } } __type(name: "Play") { fields(includeDeprecated: true) { name } } }',
    uses: [],
  },
};

const clientOf = (index: number) => ({ 'apollographql-client-name': `shape-${index}` });

let recorded: Promise<readonly UsageRecord[]> | undefined;

/** Runs each operation as a client of its own, through one gateway. */
async function recordAll(): Promise<readonly UsageRecord[]> {
  const { ask, records } = await recordingGateway();
  for (const [index, { query, variables = {} }] of Object.values(shapes).entries()) {
    const { body } = await ask(query, { variables, headers: clientOf(index) });
    expect(body.errors).toBeUndefined();
  }
  return records();
}

for (const [index, [what, { uses }]] of Object.entries(shapes).entries()) {
  test(`an operation uses ${what}`, async () => {
    const records = await (recorded ??= recordAll());
    const own = records.filter(({ client }) => client === clientOf(index)['apollographql-client-name']);
    expect(own.map(({ coordinate }) => coordinate).toSorted()).toEqual(uses.toSorted());
    expect(own.every(({ count }) => count === 1)).toBe(true);
  });
}
