/** The command line of the schema registry. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { main } from './cli.ts';
import { composeDocuments } from './composition.ts';

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  now: new Date(),
  compose: composeDocuments,
  root: fileURLToPath(new URL('../../', import.meta.url)),
  // npm runs scripts in the repository, and says where it was called.
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  stdin: () => readFileSync(0, 'utf8'),
  out: (text) => process.stdout.write(text),
});
