/** `npm run test:hostile [-- <options>]`: attacks a stack with a bystander beside it, and checks what both got. */
import { join } from 'node:path';
import { install } from './lib/prepare.mjs';
import { buildPrograms } from './lib/programs.mjs';
import { replaceProcess, root } from './lib/run.mjs';

install();
await buildPrograms();
replaceProcess(['--import', 'tsx', join(root, 'testkit/hostile/main.ts'), ...process.argv.slice(2)]);
