/** `npm run demo`: books a seat at the running stack, as a client would. */
import { install } from './lib/prepare.mjs';
import { runTypeScript } from './lib/run.mjs';

install();
await runTypeScript('packages/local-stack/src/demo/main.ts');
