/** `npm run start:distributed`: the whole supergraph on this machine, a process for each of its parts. */
import { install } from './lib/prepare.mjs';
import { runProgram } from './lib/programs.mjs';

install();
await runProgram('stack-distributed');
