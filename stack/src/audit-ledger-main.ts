import { parseArgs } from 'node:util';
import { openPlainClient } from '@marquee/database';

import { audit } from '../../subgraphs/payments/src/audit.ts';
import { auditedProvider } from './audited-provider.ts';
import { runCommand } from './command.ts';
import { commandDatabases } from './command-databases.ts';

const USAGE = `Usage: npm run audit:ledger -- [--books-only]

Checks that every account's postings sum to its balance, that money in is money out and what is held, and that our books
equal the payment provider's. Prints what is wrong and exits with 1 if anything is. --books-only asks no provider.
DATABASE_URL names the Postgres, PAYMENTS_PROVIDER, PAYMENTS_PROVIDER_URL and PAYMENTS_PROVIDER_API_KEY the provider, as for
payments; when not given, they are the local stack's, which must be running.
`;

/** @returns the exit code: 1 when something is wrong */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { 'books-only': { type: 'boolean', default: false } } });
  const client = await openPlainClient(commandDatabases(process.env)('payments'));
  const provider = values['books-only'] ? null : auditedProvider(process.env);
  try {
    const findings = audit(client, provider, new Date());
    for (let wrong = 0; ; wrong += 1) {
      const { value, done } = await findings.next();
      process.stdout.write(done ? `${value}; ${wrong} wrong\n` : `${value}\n`);
      if (done) return wrong === 0 ? 0 : 1;
    }
  } finally {
    provider?.close();
    await client.close();
  }
}

await runCommand(USAGE, main);
