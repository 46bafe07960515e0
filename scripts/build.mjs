/** `npm run build`: bundles every program into dist/, for `node dist/<name>.mjs`. */
import { install } from './lib/prepare.mjs';
import { buildPrograms } from './lib/programs.mjs';

install();
await buildPrograms();
