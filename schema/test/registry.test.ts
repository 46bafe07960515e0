import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, isInterfaceType, isObjectType, isInputObjectType, isEnumType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import { compose, CompositionError } from '../src/index.ts';
import { registeredSubgraphs } from '../src/subgraphs.ts';

const folder = new URL('../', import.meta.url);
const committed = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const api = buildSchema(committed('api.graphql'));

test('the committed supergraph and public schema are what the subgraphs compose to', () => {
  const { supergraph, api: composedApi } = compose(registeredSubgraphs());
  expect(committed('supergraph.graphql')).toBe(supergraph);
  expect(committed('api.graphql')).toBe(composedApi);
});

test('subgraphs that do not fit together are refused with what is wrong', () => {
  const broken = registeredSubgraphs().map((subgraph) =>
    subgraph.name === 'booking'
      ? { ...subgraph, sdl: subgraph.sdl.replace('total: Int!', 'total: Nothing!') }
      : subgraph,
  );
  expect(() => compose(broken)).toThrow(CompositionError);
  expect(() => compose(broken)).toThrow(/\[booking\].*Nothing/);
});

const clients = readdirSync(new URL('clients/', folder)).flatMap((client) =>
  readdirSync(new URL(`clients/${client}/`, folder)).map((file) => `clients/${client}/${file}`),
);

test.each(clients)('every operation registered in %s is valid', (file) => {
  const { definitions } = parse(committed(file));
  expect(definitions.length).toBeGreaterThan(0);
  for (const definition of definitions) {
    expect(validate(api, { kind: 'Document', definitions: [definition] } as ReturnType<typeof parse>)).toEqual([]);
  }
});

test('every type, field, argument and enum value of the public schema is described', () => {
  const undescribed: string[] = [];
  for (const type of Object.values(api.getTypeMap())) {
    if (type.name.startsWith('__') || ['Int', 'Float', 'String', 'Boolean', 'ID'].includes(type.name)) continue;
    if (!type.description && !['Query', 'Mutation', 'Subscription'].includes(type.name)) undescribed.push(type.name);
    if (isEnumType(type)) {
      for (const value of type.getValues()) if (!value.description) undescribed.push(`${type.name}.${value.name}`);
    }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) undescribed.push(`${type.name}.${field.name}`);
      for (const { name, description } of 'args' in field ? field.args : []) {
        if (!description) undescribed.push(`${type.name}.${field.name}(${name})`);
      }
    }
  }
  expect(undescribed).toEqual([]);
});
