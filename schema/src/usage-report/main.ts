import { fileURLToPath } from 'node:url';
import { defaultStateFolder } from '@marquee/servers/state-path';
import { main } from './cli.ts';

// `npm run schema:usage`
const inRepository = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

process.exitCode = await main(process.argv.slice(2), {
  environment: process.env,
  schemaFolder: inRepository('schema'),
  stackFolder: defaultStateFolder(process.env),
  now: new Date(),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
