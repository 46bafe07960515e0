/** What a tool of this repository needs before it runs: the dependencies, and what is generated. */
import { generate, install } from './lib/prepare.mjs';

// A task of turbo runs when both is done.
if (!process.env.TURBO_HASH) {
  install();
  generate();
}
