import { parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import { ask, Federation, prepare } from '../engine/fixtures/federate.ts';
import { planHere } from '../engine/fixtures/plan-here.ts';
import { SHOP } from '../engine/fixtures/shop.ts';
import { normalizedOperation, normalizedText } from '../../src/operation/normalized-operation.ts';
import { readOperation } from '../../src/operation/operation.ts';
import type { Planning } from '../../src/planning/api.ts';

/** Counts the documents that are validated and planned. */
function counting(): { readonly planning: Planning; readonly count: { validate: number; plan: number } } {
  const count = { validate: 0, plan: 0 };
  const open: Planning['open'] = async (sdl) => {
    const planner = await planHere.open(sdl);
    return {
      ...planner,
      validate: (...given) => {
        count.validate++;
        return planner.validate(...given);
      },
      plan: (...given) => {
        count.plan++;
        return planner.plan(...given);
      },
    };
  };
  return { planning: { ...planHere, open }, count };
}

const QUERY = 'query Home { me { ...Name } topProducts(first: 2) { ...Price } }';
const NAME = 'fragment Name on User { id name }';
const PRICE = 'fragment Price on Product { upc price }';

const SAME_MEANING: [string, string, string?][] = [
  ['blanks', `${QUERY.replaceAll(' ', '\n\t ')} ${NAME} ${PRICE}`],
  ['comments', `# a comment\n${QUERY} # another\n${NAME} ${PRICE}`],
  ['commas', `${QUERY.replaceAll(' ', ',')},${NAME},${PRICE}`],
  ['the operation’s name', `${QUERY.replace('Home', 'Other')} ${NAME} ${PRICE}`],
  ['no name', `${QUERY.replace('query Home ', '')} ${NAME} ${PRICE}`],
  ['the fragments’ names', `${QUERY} ${NAME} ${PRICE}`.replaceAll('Name', 'A').replaceAll('Price', 'B')],
  [
    'fragments that swap names',
    `${QUERY} ${NAME} ${PRICE}`.replace(/Name|Price/g, (name) => (name === 'Name' ? 'Price' : 'Name')),
  ],
  ['the order of definitions', `${PRICE} ${NAME} ${QUERY}`],
  ['unused operations', `query Unused { users { id } } ${QUERY} ${NAME} ${PRICE}`, 'Home'],
];

test.each(SAME_MEANING)(
  'a document that differs in %s is validated, and not planned again',
  async (_what, query, operationName) => {
    const { planning, count } = counting();
    const engine = await new Federation(SHOP).engine({ planning });
    const first = await prepare(engine, `${QUERY} ${NAME} ${PRICE}`);
    const asked = operationName === undefined ? {} : { operationName };
    expect(await prepare(engine, query, asked)).toBe(first);
    expect(count).toEqual({ validate: 2, plan: 1 });
    expect(await ask(engine, query, asked)).toMatchObject({ data: { me: { name: 'Ada' }, topProducts: [{}, {}] } });
  },
);

test.each([
  ['an alias', QUERY.replace('{ me', '{ you: me')],
  ['a field', QUERY.replace('...Name', '...Name username')],
  ['a directive', QUERY.replace('...Price', '...Price @include(if: true)')],
  ['the order of fields', 'query Home { topProducts(first: 2) { ...Price } me { ...Name } }'],
])('control: a document that differs in %s is planned', async (_what, query) => {
  const { planning, count } = counting();
  const engine = await new Federation(SHOP).engine({ planning });
  const first = await prepare(engine, `${QUERY} ${NAME} ${PRICE}`);
  expect(await prepare(engine, `${query} ${NAME} ${PRICE}`)).not.toBe(first);
  expect(count.plan).toBe(2);
});

test('callers who send new documents of one meaning at once wait for one plan', async () => {
  const { planning, count } = counting();
  const engine = await new Federation(SHOP).engine({ planning });
  const texts = Array.from({ length: 20 }, (_, blanks) => `${QUERY}${' '.repeat(blanks % 10)} ${NAME} ${PRICE}`);
  const prepared = await Promise.all(texts.map((text) => prepare(engine, text)));
  expect(new Set(prepared).size).toBe(1);
  expect(count).toEqual({ validate: 10, plan: 1 });
});

test('each choice of @include is planned once, also for those who ask at once', async () => {
  const { planning, count } = counting();
  const engine = await new Federation(SHOP).engine({ planning });
  const query = 'query ($on: Boolean!) { me { id name @include(if: $on) } }';
  const answers = await Promise.all([true, false, true, false].map((on) => ask(engine, query, { variables: { on } })));
  expect(answers.map(({ data }) => data)).toEqual(
    [true, false, true, false].map((on) => ({ me: { id: '1', ...(on && { name: 'Ada' }) } })),
  );
  expect(count.plan).toBe(2);
});

test('an invalid document of a known meaning is rejected', async () => {
  const engine = await new Federation(SHOP).engine();
  await prepare(engine, `${QUERY} ${NAME} ${PRICE}`);
  const unused = `${QUERY} ${NAME} ${PRICE} fragment Unused on User { id }`;
  await expect(async () => prepare(engine, unused)).rejects.toMatchObject({
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
});

test('a plan that fails is not remembered', async () => {
  let isDown = true;
  const planning: Planning = {
    ...planHere,
    open: async (sdl) => {
      const planner = await planHere.open(sdl);
      return {
        ...planner,
        plan: (...given) => (isDown ? Promise.reject(new Error('no thread')) : planner.plan(...given)),
      };
    },
  };
  const engine = await new Federation(SHOP).engine({ planning });
  await expect(async () => prepare(engine, '{ me { id } }')).rejects.toThrow('no thread');
  isDown = false;
  expect(await ask(engine, '{ me { id } }')).toEqual({ data: { me: { id: '1' } } });
});

test('what is shared keeps no node, token or text of the document that it was first sent in', async () => {
  const { schema } = (await new Federation(SHOP).engine()).current();
  const document = parse(`${QUERY} ${NAME} ${PRICE}`);
  const operation = readOperation(schema, { query: '', document });
  const sent = new Set<unknown>();
  visit(document, { enter: (node) => void sent.add(node) });
  const kept = normalizedOperation(normalizedText(operation), operation);
  visit(kept.operation.document, {
    enter: (node) => void expect([node.loc, sent.has(node)]).toEqual([undefined, false]),
  });
});
