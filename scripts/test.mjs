/**
 * `npm test [-- <vitest arguments>]`: the test suite.
 *
 * Two files have commands of their own, because each takes as long as many others together, and run as well where a filter
 * names them: `npm run test:new-subgraph` makes a subgraph in a copy of the repository and checks all of it;
 * `npm run test:programs` starts, kills and resets whole stacks in processes of their own.
 */
import { join } from 'node:path';
import { generate, install } from './lib/prepare.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
generate();
const args = process.argv.slice(2);
const APART = ['stack/test/new-subgraph.test.ts', 'stack/test/stack.test.ts'];
const excluded = APART.filter((file) => !args.some((arg) => file.includes(arg))).flatMap((file) => ['--exclude', file]);
replaceProcess([join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...excluded, ...args]);
