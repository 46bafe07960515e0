/** `npm run test:fuzz [-- <options>]`: compares random operations through the executor with graphql-js. */
import { join } from 'node:path';
import { install } from './lib/prepare.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
replaceProcess(['--import', 'tsx', join(root, 'gateway/test/fuzz/main.ts'), ...process.argv.slice(2)]);
