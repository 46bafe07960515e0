import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openHarness, userCaller } from '@marquee/testkit/harness';
import {
  getNamedType,
  getNullableType,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { expect, test } from 'vitest';

import { loadSubgraphs } from '../src/subgraphs.ts';
import { query } from './server-process.ts';

/** Everything that a subgraph asks for before it looks at the key; the rest may be of things that do not exist. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  cardToken: 'tok_visa',
  currency: 'EUR',
  email: 'somebody@marquee.test',
  toEmail: 'somebody@marquee.test',
  quantity: 2,
  outcome: 'ACCEPT',
};

const SCALARS: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTime: '2100-01-31T18:00:00Z',
  Date: '2100-01-31',
  Float: 1,
  ID: 'lon_xyz_1',
  Int: 1,
  MinorUnits: 100,
  String: 'text',
};

function enumSample(type: GraphQLEnumType, name: string): unknown {
  const names = type.getValues().map((value) => value.name);
  return names.find((value) => value === SAMPLES[name]) ?? names[0];
}

/** A value that is valid for a type, with only those fields of inputs that are required. */
function sampleOf(type: GraphQLInputType, name: string): unknown {
  const nullable = getNullableType(type);
  if (isEnumType(nullable)) return enumSample(nullable, name);
  if (name in SAMPLES) return SAMPLES[name];
  if (isListType(nullable)) return [sampleOf(nullable.ofType, name)];
  if (!isInputObjectType(nullable)) return SCALARS[nullable.name] ?? SCALARS['String'];
  const fields = Object.values(nullable.getFields());
  const oneOf = nullable.astNode?.directives?.some((directive) => directive.name.value === 'oneOf') ?? false;
  const given = oneOf ? fields.slice(0, 1) : fields.filter((field) => isNonNullType(field.type));
  return Object.fromEntries(given.map((field) => [field.name, sampleOf(field.type, field.name)]));
}

/** Whether a mutation takes an idempotency key, by itself or in its input. */
function takesKey({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name, type }) => {
    const named = getNamedType(type);
    return name === 'idempotencyKey' || (isInputObjectType(named) && 'idempotencyKey' in named.getFields());
  });
}

/** The mutation with sample arguments and a key. */
function requestOf({ name, args }: GraphQLField<unknown, unknown>, key: string) {
  const required = args.filter(({ type, name: arg }) => isNonNullType(type) || arg === 'idempotencyKey');
  const document = `mutation(${required.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')}) {
    result: ${name}(${required.map((arg) => `${arg.name}: $${arg.name}`).join(', ')}) { __typename } }`;
  const variables = Object.fromEntries(required.map((arg) => [arg.name, withKey(sampleOf(arg.type, arg.name), key)]));
  return {
    query: document,
    variables: 'idempotencyKey' in variables ? { ...variables, idempotencyKey: key } : variables,
  };
}

function withKey(sample: unknown, key: string): unknown {
  const isInput = typeof sample === 'object' && sample !== null && !Array.isArray(sample);
  return isInput ? { ...sample, idempotencyKey: key } : sample;
}

const SETTINGS: Readonly<Record<string, object>> = { payments: { providerUrl: 'http://127.0.0.1:9' } };
const SCOPES = [
  'payments:refund',
  'bookings:read',
  'catalog:write',
  'tickets:scan',
  'sales:read',
  'plans:write',
  'seats:write',
  'support:write',
];
const caller = userCaller(undefined, SCOPES);

/** The subgraphs with mutations that take an idempotency key, and these mutations. */
async function keyedMutations() {
  const keyed = (await loadSubgraphs()).filter(({ schema }) => readFileSync(schema, 'utf8').includes('idempotencyKey'));
  return Promise.all(
    keyed.map(async (definition) => {
      const { PrismaClient } = (await import(`@marquee/prisma-${definition.name}`)) as { PrismaClient: never };
      const settings = { ...SETTINGS[definition.name] };
      const { subgraph, databaseUrl } = await openHarness(definition, PrismaClient, { start: false, settings });
      const fields = Object.values(subgraph.schema.getMutationType()?.getFields() ?? {});
      return { subgraph, databaseUrl, mutations: fields.filter(takesKey) };
    }),
  );
}

const keyed = await keyedMutations();
const table = keyed.flatMap(({ mutations, ...rest }) =>
  mutations.map((field) => ({ ...rest, field, name: field.name })),
);

/** Records that somebody has used a key for another request of the mutation. */
async function useKey(databaseUrl: string, operation: string, key: string, userId = caller.userId): Promise<void> {
  await query(
    databaseUrl,
    `INSERT INTO idempotency_keys (caller, operation, key, request_hash, resource_id)
     VALUES ('${userId}', '${operation}', '${key}', 'another', 'thing_1')`,
  );
}

test('the mutations that move seats or money take an idempotency key', () => {
  expect(table.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['holdSeats', 'createBooking', 'payBooking', 'topUpWallet', 'refundPayment']),
  );
});

test.each(table)('$name refuses a key of another request, and no key of anybody else', async (mutation) => {
  const { subgraph, databaseUrl, field } = mutation;
  const codeFor = async (key: string) => {
    const { data, errors } = await subgraph.execute({ ...requestOf(field, key), caller });
    return errors?.[0]?.extensions?.['code'] ?? data?.['result'];
  };
  const [reused, ofSomebodyElse, ofAnotherOperation] = [randomUUID(), randomUUID(), randomUUID()];
  await useKey(databaseUrl, field.name, reused);
  await useKey(databaseUrl, field.name, ofSomebodyElse, 'usr_else');
  await useKey(databaseUrl, 'another', ofAnotherOperation);
  expect(await codeFor(reused)).toBe('IDEMPOTENCY_KEY_REUSED');
  for (const free of [ofSomebodyElse, ofAnotherOperation])
    expect(await codeFor(free)).not.toBe('IDEMPOTENCY_KEY_REUSED');
  expect(await codeFor('no-uuid')).toBe('BAD_USER_INPUT');
});
