import type { Permissions } from '@marquee/subgraph';

import { owner } from './access.ts';

export const permissions: Permissions = {
  SampleNote: { '*': owner },
};
