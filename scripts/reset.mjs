/** `npm run reset`: deletes the data of the local stack. */
import { install } from './lib/prepare.mjs';
import { runProgram } from './lib/programs.mjs';

install();
await runProgram('stack-reset');
