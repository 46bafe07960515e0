import { openPlainClient, type SqlTransaction } from '@marquee/database';

import { runCommand } from './command.ts';
import { commandDatabases } from './command-databases.ts';
import { subgraphNames } from './subgraphs.ts';

/** The export of a subgraph's `src/audit.ts`: yields a line for each fault, and returns what it looked at. */
type Audit = (
  client: SqlTransaction,
  args: readonly string[],
  outboxes: AsyncIterable<Outbox>,
) => AsyncGenerator<string, string>;

interface Outbox {
  readonly domain: string;
  readonly client: SqlTransaction;
}

const USAGE = `Usage: npm run audit:bookings, npm run audit:ratings, npm run audit:promotions
       npm run audit:log [-- --since <number>:<hash>]

Compares every booking with the fold of its events, every rating with a recount of its reviews, or every coupon with a
recount of its uses; lists those that differ. audit:log computes the chain of the audit log anew, names the first entry that
was changed or is missing, compares the log with the events of the last week that its domains keep, and prints the end of the
log; with --since it proves that the log still contains an end that was printed before. Each exits with 1 if anything is wrong. DATABASE_URL names the Postgres; when not given, it is the local
stack's.
`;

/** Audits the database of a subgraph. @returns the exit code: 1 when something is wrong */
async function main([domain = '', ...args]: readonly string[]): Promise<number> {
  const { audit } = (await import(`../../subgraphs/${domain}/src/audit.ts`)) as { audit: Audit };
  const databases = commandDatabases(process.env);
  const client = await openPlainClient(databases(domain));
  try {
    const findings = audit(client, args, outboxesIn(databases));
    for (let wrong = 0; ; wrong += 1) {
      const { value, done } = await findings.next();
      process.stdout.write(done ? `${value}; ${wrong} wrong\n` : `${value}\n`);
      if (done) return wrong === 0 ? 0 : 1;
    }
  } finally {
    await client.close();
  }
}

/** The outbox of each subgraph, one after the other. */
async function* outboxesIn(databases: (domain: string) => string): AsyncGenerator<Outbox> {
  for (const domain of subgraphNames()) {
    const client = await openPlainClient(databases(domain));
    try {
      yield { domain, client };
    } finally {
      await client.close();
    }
  }
}

await runCommand(USAGE, main);
