import { runSubgraph } from '@marquee/subgraph/server';

import { loadEventCatalogue, loadSubgraph } from './subgraphs.ts';

// One subgraph as a separate process: `node dist/subgraph.mjs booking`.
await runSubgraph(await loadSubgraph(process.argv[2] ?? ''), await loadEventCatalogue(), process.env);
