import { runCommand } from '@marquee/stack/command';
import { commandDatabases } from '@marquee/stack/command-databases';

import { RULES, sweepAt } from './sweep.ts';

const USAGE = `Usage: npm run audit:invariants

Looks in all databases for what must never be, such as a seat sold twice; exits with 1 if anything is.
DATABASE_URL names the Postgres; when not given, it is the local stack's.
`;

await runCommand(USAGE, async () => {
  const found = await sweepAt(commandDatabases(process.env));
  for (const line of found) process.stdout.write(`${line}\n`);
  process.stdout.write(`${RULES.length} rules; ${found.length} violations\n`);
  return found.length === 0 ? 0 : 1;
});
