import type { SubgraphContext } from '@marquee/subgraph';

import type { Deps } from './deps.ts';
import type { Loaders } from './loaders.ts';

export type Context = SubgraphContext<Deps, Loaders>;
