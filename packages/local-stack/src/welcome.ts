import { SEED_PASSWORD, SEEDED_ACCOUNTS } from '@marquee/accounts';
import type { RunningSupergraph } from './supergraph.ts';

/** What the person at the terminal wants to know once everything runs. @param seconds how long the start took */
export function welcome({ endpoint, providerUrl }: RunningSupergraph, seconds: number): string {
  const accounts = SEEDED_ACCOUNTS.map(({ email, role }) => `  ${email.padEnd(28)}${role}`);
  return [
    '',
    `Ready after ${seconds.toFixed(1)} s: ${endpoint} (GraphiQL in a browser)`,
    `Sandbox payment provider: ${providerUrl}`,
    '',
    `Accounts, each with the password ${SEED_PASSWORD}:`,
    ...accounts,
    '',
    'npm run demo books a seat. Ctrl-C stops; the data stays until npm run reset.',
  ].join('\n');
}
