/** Installs dependencies. Commands of the schema registry need no generated code: they read SDL that may be invalid. */
import { install } from './lib/prepare.mjs';

// Turbo's tasks run after it.
if (!process.env.TURBO_HASH) install();
