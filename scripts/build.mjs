/** `npm run build`: bundles every program into dist/, for `node dist/<name>.mjs`, and both applications into their own dist/. */
import { install } from './lib/prepare.mjs';
import { buildAll } from './lib/programs.mjs';

install();
await buildAll();
