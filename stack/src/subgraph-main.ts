import { orExit } from '@marquee/environment';
import { runSubgraph } from '@marquee/subgraph/server';

import { loadEventCatalogue, loadSubgraph } from './subgraphs.ts';

// One subgraph as a separate process: `node dist/subgraph.mjs booking`.
const definition = await loadSubgraph(process.argv[2] ?? '');
const catalogue = await loadEventCatalogue();
await orExit(() => runSubgraph(definition, catalogue, process.env));
