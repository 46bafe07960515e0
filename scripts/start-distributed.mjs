/** `npm run start:distributed`: the whole supergraph on this machine, one process for each service. */
import { install } from './lib/prepare.mjs';
import { buildAll, runProgram } from './lib/programs.mjs';

install();
await runProgram('stack-distributed', buildAll);
