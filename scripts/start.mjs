/** `npm start`: the whole supergraph on this machine, from nothing but Node. */
import { generate, install } from './lib/prepare.mjs';
import { runProgram } from './lib/programs.mjs';

install();
generate();
await runProgram('local-stack');
