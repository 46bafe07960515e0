import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { composeDocuments } from '../src/composition.ts';
import { readSources } from '../src/registry/sources.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

test('the committed supergraph and public schema are what the subgraphs compose to', () => {
  const { composed, errors } = composeDocuments(readSources(ROOT).subgraphs);
  expect(errors).toEqual([]);
  expect(readFileSync(`${ROOT}schema/supergraph.graphql`, 'utf8')).toBe(composed?.supergraph);
  expect(readFileSync(`${ROOT}schema/api.graphql`, 'utf8')).toBe(composed?.api);
});
