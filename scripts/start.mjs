/** `npm start`: the whole supergraph on this machine, in one process. */
import { setFlagsFromString } from 'node:v8';
import { install } from './lib/prepare.mjs';
import { buildAll, runProgram } from './lib/programs.mjs';

// A first start makes garbage for a minute; by V8's default the heap would grow to three times what is in use.
setFlagsFromString('--heap-growing-percent=30');
install();
await runProgram('stack', buildAll);
