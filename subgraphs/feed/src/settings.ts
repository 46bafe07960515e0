import { secretKey } from '@marquee/subgraph';
import { z } from 'zod';

export const settings = z.object({
  /** Keys the hashes by which ads counts viewers who are not signed in. */
  viewerKey: secretKey(),
});
