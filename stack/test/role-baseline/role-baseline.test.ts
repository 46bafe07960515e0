import { type GraphQLObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSubgraphs } from '../../src/subgraphs.ts';
import { fieldsOf, type SampleFor } from '../public-schema/routes.ts';
import { samplesFor } from '../public-schema/samples.ts';
import { publicSchema } from '../public-schema/schema.ts';
import { sendMutations, startSubscriptions } from './operations.ts';
import { heading, type Row, tableOf } from './table.ts';
import { type Root, walkQueries } from './walk.ts';
import { openWorld, type World } from './world.ts';

/** Optional arguments with which a root field is asked for once more, because they decide whose the object is. */
const OPTIONAL: Readonly<Record<string, string>> = { salesReport: 'venueId' };

/** Literals of arguments without which it is luck whose objects come first. */
const GIVEN: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  auditLog: new Map([['filter', '{ actorId: "usr_seed_admin" }']]),
};

type Policies = ReadonlyMap<string, { readonly description: string }>;

let world: World;

beforeAll(async () => {
  world = await openWorld();
}, 120_000);

afterAll(() => world?.marketplace.stop());

test('every role may do what the reviewed baseline says, and nothing else', { timeout: 180_000 }, async () => {
  const { actors, samples, marketplace } = world;
  const sampleFor = samplesFor(samples);
  const started = startSubscriptions(rootType('subscription'), marketplace.endpoint, actors, sampleFor);
  const policies = new Map((await loadSubgraphs()).flatMap((subgraph) => [...subgraph.policies()]));
  const isOpen = ({ field }: Root): boolean => policies.get(`Query.${field.name}`)?.description === 'everyone';
  // Fields that are open to everybody are then listed once.
  const roots = rootsOf(rootType('query'), sampleFor).toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  const queries = await walkQueries(publicSchema, roots, actors, sampleFor);
  const subscriptions = await started;
  const mutations = await sendMutations(rootType('mutation'), world, sampleFor);
  const lines = [
    ...[heading('Queries'), ...tableOf(queries), ''],
    ...[heading('Subscriptions'), ...tableOf(subscriptions), ''],
    ...[heading('Mutations'), ...tableOf(mutations), ''],
    ...['Fields of results of mutations and subscriptions only', ...otherFields(queries, policies)],
  ];
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('role-baseline.txt');
});

function rootType(operation: 'query' | 'mutation' | 'subscription'): GraphQLObjectType {
  const type = publicSchema.getRootType(operation as never);
  if (!type) throw new Error(`The schema has no ${operation}`);
  return type;
}

function rootsOf(type: GraphQLObjectType, sampleFor: SampleFor): Root[] {
  return fieldsOf(type).flatMap((field) => {
    const optional = OPTIONAL[field.name];
    const given = optional === undefined ? [] : [new Map([[optional, JSON.stringify(sampleFor(field)(optional))]])];
    return [GIVEN[field.name] ?? new Map(), ...given].map((each) => ({ field, given: each }));
  });
}

/** The policies of the fields that no query leads to. */
function otherFields(walked: readonly Row[], policies: Policies): string[] {
  const known = new Set(walked.map(({ place }) => place.split(' ').at(-1)));
  return Object.values(publicSchema.getTypeMap())
    .filter((type) => isObjectType(type) && !known.has(type.name) && !type.name.startsWith('__'))
    .filter(
      (type) => !(['query', 'mutation', 'subscription'] as const).some((operation) => rootType(operation) === type),
    )
    .flatMap((type) =>
      fieldsOf(type).map(({ name }) => `${type.name}.${name}: ${policies.get(`${type.name}.${name}`)?.description}`),
    );
}
