/** `npm start`: the whole supergraph on this machine, in one process. */
import { install } from './lib/prepare.mjs';
import { runProgram } from './lib/programs.mjs';

install();
await runProgram('stack');
