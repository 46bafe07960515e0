import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generate } from './prepare.mjs';
import { environment, root } from './run.mjs';

/** Where `npm run build` puts what runs. */
const folder = join(root, 'dist');

/** Everything that runs as a process of its own. */
const programs = {
  gateway: 'gateway/src/main.ts',
  'sandbox-provider': 'sandbox/payment-provider/src/main.ts',
  stack: 'stack/src/main.ts',
  subgraph: 'stack/src/subgraph-main.ts',
  'stack-distributed': 'stack/src/distributed-main.ts',
  'stack-reset': 'stack/src/reset-main.ts',
  demo: 'stack/src/demo/main.ts',
};

/** Generates what they need, and makes JavaScript of all programs, in dist/. */
export async function buildPrograms() {
  generate();
  // Installed only by now.
  const { bundle } = await import('./bundle.mjs');
  await bundle(programs, folder);
}

/** Builds, and runs a program in this process: a child would outlive this one being killed. */
export async function runProgram(name) {
  await buildPrograms();
  Object.assign(process.env, environment);
  process.chdir(root);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
}
