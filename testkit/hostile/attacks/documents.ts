import { createHash } from 'node:crypto';

import { anonymous, type Attack, repeat } from './attack.ts';
import { Tally } from './tally.ts';
import { answerOf, type Message, post, type Transport, TRANSPORTS } from './transports.ts';

const LOOPS = 4;

/** Lists of twenty thousand values, twenty times in one operation, as literals and in variables, on every transport. */
export const longLists: Attack = {
  name: 'long-lists',
  run: (target, signal) => {
    const messages = [listsInVariables(20_000), listsInVariables(33_000), listsAsLiterals(6_000)];
    return repeat(new Tally(), signal, LOOPS, (time) => {
      const transport = TRANSPORTS[time % TRANSPORTS.length] as Transport;
      return transport(target.attacker, messages[time % messages.length] as Message);
    });
  },
};

function listsInVariables(length: number): Message {
  const fields = Array.from({ length: 20 }, (_, index) => `b${index}: bookings(status: $s, first: 1) { __typename }`);
  const query = `query ($s: [BookingStatus!]) { viewer { ${fields.join(' ')} } }`;
  return { query, variables: { s: Array.from({ length }, () => 'CONFIRMED') } };
}

function listsAsLiterals(length: number): Message {
  const values = Array.from({ length }, () => 'CONFIRMED').join(' ');
  return { query: `{ viewer { bookings(status: [${values}], first: 1) { __typename } } }` };
}

/** Large persisted queries, to be kept for a week; every other one is no operation. */
export const persistedQueries: Attack = {
  name: 'persisted-queries',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, async (time) => {
      const transport = TRANSPORTS[time % TRANSPORTS.length] as Transport;
      const fields = Math.floor(time / TRANSPORTS.length) % 2 === 0 ? 'nothing' : 'cities(first: 1) { __typename }';
      const query = `{ ${fields} } # ${time} ${'x'.repeat(60_000)}`;
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const sent = await transport(anonymous(target), { query, extensions });
      const found = await transport(anonymous(target), { extensions });
      return [...sent, ...found.map((outcome) => KEPT.get(outcome) ?? outcome)];
    }),
};

/** The outcomes of a document's hash alone, when the document was kept. */
const KEPT = new Map([
  ['GRAPHQL_VALIDATION_FAILED', 'KEPT INVALID'],
  ['CityConnection', 'KEPT'],
]);

/** Operations that nobody sent before, each to be planned. */
export const uniqueOperations: Attack = {
  name: 'unique-operations',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) => {
      const fields = `t${time}: startsAt title { name } venue { name city { name } } availability { available }`;
      const query = `query ($id: ID!) { show(id: $id) { ${fields} } }`;
      const transport = TRANSPORTS[time % TRANSPORTS.length] as Transport;
      return transport(anonymous(target), { query, variables: { id: target.show.id } });
    }),
};

/** One operation under many texts: blanks, comments, names. */
export const respelled: Attack = {
  name: 'respelled-operations',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) => {
      const blanks = ' '.repeat(time % 50);
      const query = `query Q${time} { cities(first: 1) {${blanks} ...F${time} } } fragment F${time} on CityConnection { __typename } #${time}`;
      return post(anonymous(target), { query });
    }),
};

/** The largest batch of the widest operations, each field once. */
export const wideBatch: Attack = {
  name: 'wide-batch',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, () => {
      const fields = Array.from({ length: 20 }, (_, index) => `c${index}: cities(first: 20) { __typename }`);
      return post(
        anonymous(target),
        Array.from({ length: 10 }, () => ({ query: `{ ${fields.join(' ')} }` })),
      );
    }),
};

/** Documents as large as they may be, whose literals differ each time. */
export const largeLiterals: Attack = {
  name: 'large-literals',
  run: (target, signal) =>
    repeat(new Tally(), signal, LOOPS, (time) => {
      const literals = Array.from({ length: 19 }, (_, index) => `"${`${time} ${index} `.padEnd(3_000, 'x')}"`);
      const fields = literals.map((literal, index) => `c${index}: cities(search: ${literal}) { __typename }`);
      const transport = TRANSPORTS[time % TRANSPORTS.length] as Transport;
      return transport(anonymous(target), { query: `{ ${fields.join(' ')} }` });
    }),
};

const NONSENSE: readonly string[] = [
  '{ cities(first: 1',
  '{ nothing }',
  '{ cities(first: "many") { __typename } }',
  '{ cities(first: 1) { ...F } } fragment F on CityConnection { ...F }',
  '{ cities(first: 1) { ...F } } fragment F on CityConnection { ...G } fragment G on CityConnection { ...F }',
  `{ ${Array.from({ length: 60 }, (_, index) => `a${index}: cities(first: 100) { edges { node { id } } }`).join(' ')} }`,
  `{ viewer ${'{ '.repeat(200)} id ${' }'.repeat(200)} }`,
  'query ($a: [String!]! = []) { __schema { types { fields { type { fields { name } } } } } }',
];

/** Invalid documents on every transport: syntax errors, unknown fields, fragments that spread themselves. */
export const nonsense: Attack = {
  name: 'nonsense',
  run: (target, signal) =>
    repeat(new Tally(), signal, 2 * LOOPS, (time) => {
      const transport = TRANSPORTS[time % TRANSPORTS.length] as Transport;
      const query = NONSENSE[Math.floor(time / TRANSPORTS.length) % NONSENSE.length] as string;
      return transport(anonymous(target), { query });
    }),
};

/** Bodies that are no requests: not JSON, too large, deep. */
export const bodies: Attack = {
  name: 'bodies',
  run: async (target, signal) => {
    const all = [
      '{',
      '[]',
      'null',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      `{"query":"${'x'.repeat(2_000_000)}"}`,
    ];
    return repeat(new Tally(), signal, LOOPS, async (time) => {
      const answer = await answerOf(anonymous(target), all[time % all.length]);
      return answer
        .flatMap((each) => (each as { errors?: { extensions: { code: string } }[] }).errors ?? [])
        .map(({ extensions }) => extensions.code);
    });
  },
};
