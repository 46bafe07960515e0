/** `npm run start:distributed`: the whole supergraph on this machine, a process for each of its parts. */
import { generate, install } from './lib/prepare.mjs';
import { runTypeScript } from './lib/run.mjs';

install();
generate();
await runTypeScript('packages/local-stack/src/distributed-main.ts');
