import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePrograms, generate } from './prepare.mjs';
import { environment, root } from './run.mjs';

/** The output folder of `npm run build`. */
export const folder = join(root, 'dist');

/** The programs that run as processes. */
export const programs = {
  gateway: 'gateway/src/main.ts',
  'sandbox-mail': 'sandbox/mail/src/main.ts',
  'sandbox-push': 'sandbox/push/src/main.ts',
  'sandbox-sign-in': 'sandbox/sign-in/src/main.ts',
  'sandbox-provider': 'sandbox/payment-provider/src/main.ts',
  stack: 'stack/src/main.ts',
  subgraph: 'stack/src/subgraph-main.ts',
  'stack-distributed': 'stack/src/distributed-main.ts',
  'stack-reset': 'stack/src/reset-main.ts',
  demo: 'stack/src/demo/main.ts',
};

/** The applications for browsers, which the gateway of a local stack serves. */
const applications = ['@marquee/storefront', '@marquee/backoffice'];

/** Generates code and bundles all programs into dist/, each where its sources have changed. */
export async function buildPrograms() {
  await step('Generated code', generate);
  await step('Programs', () => bundlePrograms());
}

/** The same, and builds the applications too, each into a dist/ of its own. */
export async function buildAll() {
  await step('Generated code', generate);
  await step('Programs and applications', () => bundlePrograms(applications));
}

/** Says on standard error what begins, and how long it took. */
async function step(label, work) {
  const started = performance.now();
  process.stderr.write(`  ${label}… `);
  await work();
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Builds a program and runs it in this process, because a child process would survive when this one is killed. */
export async function runProgram(name, build = buildPrograms) {
  await build();
  Object.assign(process.env, environment);
  process.chdir(root);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
}
