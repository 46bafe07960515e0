/** `npm run demo`: books a seat at the running stack, as a client would. */
import { install } from './lib/prepare.mjs';
import { runProgram } from './lib/programs.mjs';

install();
await runProgram('demo');
