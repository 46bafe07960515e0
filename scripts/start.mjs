/** `npm start`: the whole supergraph on this machine, from nothing but Node. */
import { generate, install } from './lib/prepare.mjs';
import { runTypeScript } from './lib/run.mjs';

install();
generate();
await runTypeScript('packages/local-stack/src/main.ts');
