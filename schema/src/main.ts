/** The command line of the schema registry. */
import { fileURLToPath } from 'node:url';

import { main } from './cli.ts';
import { composeDocuments } from './composition.ts';

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  now: new Date(),
  compose: composeDocuments,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  out: (text) => process.stdout.write(text),
});
