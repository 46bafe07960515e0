import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { compose, CompositionError } from '../src/index.ts';
import { registeredSubgraphs } from '../src/subgraphs.ts';

const folder = new URL('../', import.meta.url);
const committed = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

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
