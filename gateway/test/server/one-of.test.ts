import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { send, startGateway } from './gateway-under-test.ts';
import { theatre } from './theatre.ts';

const SEARCH = `
  extend schema
    @link(url: "https://marquee.test/specs/oneOf/v1.0", import: ["@oneOf"])
    @federation__composeDirective(name: "@oneOf")
  directive @oneOf on INPUT_OBJECT
  extend type Query { found(by: SearchBy!): String maybeFound(by: SearchBy): String }
  input SearchBy @oneOf { id: ID title: String }
`;

const BOTH = '{ found(by: { id: "s1", title: "Hamlet" }) }';

test.each([
  [BOTH, 'OneOf Input Object "SearchBy" must specify exactly one key.'],
  ['{ found(by: {}) }', 'OneOf Input Object "SearchBy" must specify exactly one key.'],
  ['{ found(by: { id: null }) }', 'Field "SearchBy.id" must be non-null.'],
  [
    'query ($id: ID) { found(by: { id: $id }) }',
    'Variable "$id" must be non-nullable to be used for OneOf Input Object "SearchBy".',
  ],
  [
    'query ($id: ID) { maybeFound(by: { id: $id }) }',
    'Variable "$id" is of type "ID" but must be non-nullable to be used for OneOf Input Object "SearchBy".',
  ],
])('%s is a validation error', async (query, message) => {
  const { ask, theatre: backend } = await startGateway({}, theatre(SEARCH));
  const { body } = await ask(query);
  expect(body.errors).toMatchObject([{ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  expect(backend.log.requests).toEqual([]);
});

test('a batch and a variable are validated too', async () => {
  const { url, ask } = await startGateway({}, theatre(SEARCH));
  const headers = { 'content-type': 'application/json' };
  const batch = await send(url, { method: 'POST', headers, body: JSON.stringify([{ query: BOTH }]) });
  expect(JSON.parse(batch.text)).toMatchObject([{ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }]);
  const query = 'query ($by: SearchBy!) { found(by: $by) }';
  const variable = await ask(query, { variables: { by: { id: 's1', title: 'Hamlet' } } });
  expect(variable.body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  expect((await ask(query, { variables: { by: { id: 's1' } } })).body).toEqual({ data: { found: null } });
});

test('introspection gives @oneOf to code generators', async () => {
  const { ask } = await startGateway({}, theatre(SEARCH));
  const { body } = await ask(getIntrospectionQuery({ oneOf: true, experimentalDirectiveDeprecation: true }));
  expect(printSchema(buildClientSchema(body.data as IntrospectionQuery))).toContain('input SearchBy @oneOf {');
});

test('introspection beside fields of subgraphs has the newest fields', async () => {
  const { ask } = await startGateway({}, theatre(SEARCH));
  const { body } = await ask(`{
    search: __type(name: "SearchBy") { isOneOf }
    __schema { directives { name isDeprecated } }
    shows(first: 1) { id }
  }`);
  expect(body.data).toMatchObject({
    search: { isOneOf: true },
    __schema: { directives: expect.arrayContaining([{ name: 'oneOf', isDeprecated: false }]) },
    shows: [{ id: 's1' }, { id: 's2' }],
  });
});
