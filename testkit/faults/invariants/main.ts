import { SetupError } from '@marquee/servers';
import { commandDatabases } from '@marquee/stack/command-databases';

import { RULES, sweepAt } from './sweep.ts';

// `npm run audit:invariants`: exit code 1 when something breaks a rule.
try {
  const found = await sweepAt(commandDatabases(process.env));
  for (const line of found) process.stdout.write(`${line}\n`);
  process.stdout.write(`${RULES.length} rules; ${found.length} violations\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = error instanceof SetupError ? 2 : 1;
}
