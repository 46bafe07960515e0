import { readFileSync } from 'node:fs';
import { type FieldDefinitionNode, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';

import { OWN_MUTATIONS, TRACES } from './entries.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');

/** The mutations that clients can send. */
const mutations = parse(SUPERGRAPH, { noLocation: true })
  .definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Mutation' ? (node.fields ?? []) : [],
  )
  .filter((field) => !has(field, 'inaccessible'));

function has({ directives = [] }: FieldDefinitionNode, name: string): boolean {
  return directives.some((directive) => directive.name.value === name);
}

test('every mutation has an entry in the audit log, or a reason for which it leaves none', () => {
  const names = mutations.map(({ name }) => name.value).toSorted();
  expect([...Object.keys(TRACES), ...OWN_MUTATIONS].toSorted()).toEqual(names);
});

test('what a scope allows, or a role in an organisation, is not one’s own', () => {
  const privileged = mutations.filter((field) => has(field, 'requiresScopes') || has(field, 'tag'));
  expect(privileged.length).toBeGreaterThan(20);
  expect(privileged.map(({ name }) => name.value).filter((name) => !(name in TRACES))).toEqual([]);
});
