/** `npm run demo`: books two seats on the running stack through the public API. */
import { install } from './lib/prepare.mjs';
import { runProgram } from './lib/programs.mjs';

install();
await runProgram('demo');
