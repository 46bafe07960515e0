/** `npm run screenshots`: takes the pictures of docs/pictures, on a stack of its own. */
import { join } from 'node:path';
import { install } from './lib/prepare.mjs';
import { buildAll } from './lib/programs.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
await buildAll();
const config = join(root, 'apps/tests/pictures.config.ts');
replaceProcess([join(root, 'node_modules/@playwright/test/cli.js'), 'test', '-c', config, ...process.argv.slice(2)]);
