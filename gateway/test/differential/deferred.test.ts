import { beforeAll, describe, expect, test } from 'vitest';

import type { IncrementalFields } from '../../src/executor/incremental-part.ts';
import { failedFragments, mergedParts } from './merged-parts.ts';
import { type GeneratedOperation, generateOperation } from './operations.ts';
import { Oracle } from './oracle.ts';
import { seeded } from './random.ts';
import { BEYOND_STOCK, SUPERGRAPHS } from './supergraphs.ts';

const OPERATIONS = 50;
const FORMATS = ['leave-out', 'collect'] as const;

/** The response of graphql-js, and what our parts add up to, with the number of fragments that the first announces. */
async function bothResponses(oracle: Oracle, operation: GeneratedOperation, fields: IncrementalFields, seed: number) {
  oracle.arrange({ seed, nulls: seed % 2 === 0 ? 0 : 0.2 });
  const inParts = await oracle.inParts(operation, fields);
  return {
    plain: { operation, data: oracle.plain(operation).data, failed: [] },
    ours: { operation, data: mergedParts(inParts, fields === 'collect'), failed: failedFragments(inParts.parts) },
    deferred: inParts.pending.length,
  };
}

describe.each(Object.entries({ ...SUPERGRAPHS, ...BEYOND_STOCK }))('%s', (_name, services) => {
  const oracle = new Oracle(services);
  beforeAll(() => oracle.start());

  test.each(FORMATS)(
    'parts of a deferred operation add up to the whole (%s)',
    async (fields) => {
      let total = 0;
      for (let seed = 0; seed < OPERATIONS; seed++) {
        const operation = generateOperation(oracle.schema, seeded(seed), 'hostile', true);
        const { ours, plain, deferred } = await bothResponses(oracle, operation, fields, seed);
        expect(ours).toEqual(plain);
        total += deferred;
      }
      expect(total).toBeGreaterThan(OPERATIONS / 2);
    },
    60_000,
  );
});

describe('a deferred field of an interface object may require others', () => {
  const oracle = new Oracle(BEYOND_STOCK['interface objects with requirements'] ?? {});
  beforeAll(() => oracle.start());

  test.each([
    '{ ranking { ... on Concert { ... @defer { score } } } }',
    '{ ranking { ... on Concert { ... @defer { review { about { score } } } } } }',
    '{ ranking { ... on Concert @defer { seats ... @defer { review { about { value } } } } ... on Movie { value } } }',
    '{ home { title { ... on Movie { minutes ... on Title @defer { sponsored era } } } } }',
    '{ movies { ... @defer { score ... @defer { cost } } } }',
  ])('%s', async (query) => {
    for (const fields of FORMATS) {
      for (let seed = 0; seed < 8; seed++) {
        const { ours, plain } = await bothResponses(oracle, { query, variables: {} }, fields, seed);
        expect(ours).toEqual(plain);
      }
    }
  });
});
