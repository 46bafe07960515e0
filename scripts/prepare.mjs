/** Installs dependencies and generates code. */
import { generate, install } from './lib/prepare.mjs';

// Turbo's tasks run after both.
if (!process.env.TURBO_HASH) {
  install();
  generate();
}
