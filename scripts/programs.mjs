import { bundle } from './lib/bundle.mjs';
import { folder, programs } from './lib/programs.mjs';

// `turbo run //#programs`: JavaScript of every program, in dist/, from code that is generated already.
await bundle(programs, folder);
