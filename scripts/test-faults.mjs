/** `npm run test:faults [-- <options>]`: sells seats while faults are injected, and checks that nothing was lost. */
import { join } from 'node:path';
import { install } from './lib/prepare.mjs';
import { buildPrograms } from './lib/programs.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
await buildPrograms();
replaceProcess(['--import', 'tsx', join(root, 'testkit/faults/main.ts'), ...process.argv.slice(2)]);
