/**
 * `npm test [-- <vitest arguments>]`: the test suite.
 *
 * `npm run test:new-subgraph` runs one file more, as does a filter that names it: it makes a subgraph in a copy of the
 * repository and checks all of it, which takes as long as many other files together.
 */
import { join } from 'node:path';
import { generate, install } from './lib/prepare.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
generate();
const args = process.argv.slice(2);
const APART = 'stack/test/new-subgraph.test.ts';
const excluded = args.some((arg) => APART.includes(arg)) ? [] : ['--exclude', APART];
replaceProcess([join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...excluded, ...args]);
