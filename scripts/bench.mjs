/** `npm run bench -- <name> [--quick] [--json]`: measurements. bench/ has dependencies of its own, the peers. */
import { join } from 'node:path';
import { generate, install, installBench } from './lib/prepare.mjs';
import { become, root } from './lib/run.mjs';

install();
generate();
installBench();
become(['--import', 'tsx', join(root, 'bench/src/main.ts'), ...process.argv.slice(2)]);
