/** `npm run bench -- <name> [--quick] [--json]`: runs a benchmark. */
import { join } from 'node:path';
import { generate, install, installBench } from './lib/prepare.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
generate();
installBench();
replaceProcess(['--import', 'tsx', join(root, 'bench/src/main.ts'), ...process.argv.slice(2)]);
