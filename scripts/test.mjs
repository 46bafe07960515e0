/** `npm test [-- <vitest arguments>]`: the whole test suite. */
import { join } from 'node:path';
import { generate, install } from './lib/prepare.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
generate();
replaceProcess([join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)]);
