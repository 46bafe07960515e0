import { expect, test } from 'vitest';

import { Oracle } from './oracle.ts';
import { SUPERGRAPHS } from './supergraphs.ts';

/** Every type condition and every field of an interface object multiplies the possible plans. */
const MANY_PLANS = `query ($first: Int = 2) {
  home { title {
    ... on Concert { artist { shows { era } } name year }
    reviews { about {
      ... on Title { ... on Movie { name year } ...Related ... on Concert { __typename } }
      id
    } }
    era
  } }
}
fragment Related on Title {
  ... on Movie {
    related { __typename }
    reviews(first: $first) { text __typename }
    related {
      ... on Concert { id }
      ... on Concert { sponsored }
      ... on Title { ... on Movie { year id __typename } }
      sponsored
    }
    minutes
  }
  sponsored
  ... on Concert { id }
}`;

test('an operation with many possible plans is planned in a moment', async () => {
  const oracle = new Oracle(SUPERGRAPHS['interface objects'] ?? {});
  await oracle.start();
  oracle.arrange({ seed: 18 });
  const operation = { query: MANY_PLANS, variables: {} };
  expect((await oracle.ours(operation)).data).toEqual(oracle.plain(operation).data);
}, 10_000);
