import { beforeAll, describe, expect, test } from 'vitest';

import { failedFragments, mergedParts } from './merged-parts.ts';
import { generateOperation } from './operations.ts';
import { Oracle } from './oracle.ts';
import { seeded } from './random.ts';
import { SUPERGRAPHS } from './supergraphs.ts';

const OPERATIONS = 50;

describe.each(Object.entries(SUPERGRAPHS))('%s', (_name, services) => {
  const oracle = new Oracle(services);
  beforeAll(() => oracle.start());

  test.each(['leave-out', 'collect'] as const)(
    'parts of a deferred operation add up to the whole (%s)',
    async (fields) => {
      let deferred = 0;
      for (let seed = 0; seed < OPERATIONS; seed++) {
        const operation = generateOperation(oracle.schema, seeded(seed), 'hostile', true);
        oracle.arrange({ seed, nulls: seed % 2 === 0 ? 0 : 0.2 });
        const { data } = oracle.plain(operation);
        const inParts = await oracle.inParts(operation, fields);
        expect(failedFragments(inParts.parts)).toEqual([]);
        expect({ operation, data: mergedParts(inParts, fields === 'collect') }).toEqual({ operation, data });
        deferred += inParts.pending.length;
      }
      expect(deferred).toBeGreaterThan(OPERATIONS / 2);
    },
    60_000,
  );
});
