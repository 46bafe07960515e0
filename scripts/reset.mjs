/** `npm run reset`: deletes the data of the local stack. */
import { install } from './lib/prepare.mjs';
import { runTypeScript } from './lib/run.mjs';

install();
await runTypeScript('packages/local-stack/src/reset-main.ts');
