import { parseArgs } from 'node:util';

import { simulate } from '@marquee/traffic';

import { graphClient } from '../client/index.ts';
import { runCommand, UsageError } from '../command.ts';
import { runningEndpoint } from '../running-endpoint.ts';
import { Accounts, PEOPLE } from './accounts.ts';
import { type Action, actionsOf } from './actions.ts';
import { attackersNamed } from './attackers.ts';
import { play } from './play.ts';
import { Player } from './player.ts';
import { readProgramme } from './programme.ts';
import { watchCases } from './watch-cases.ts';

const USAGE = `Usage: npm run simulate -- [options]

Sends the traffic of people and attackers to the running stack, and prints who did what.
  --minutes <n>       how long, below 60; 5 by default
  --attackers <list>  scalper, card-tester, referral-farmer and click-farm, separated by commas; none for people alone;
                      all by default
  --seed <n>          the same seed, the same traffic; 1 by default

All share one network, unless the stack believes whoever is in front of it: TRUSTED_PROXIES=1 npm start.
`;

const OPTIONS = {
  minutes: { type: 'string', default: '5' },
  attackers: { type: 'string' },
  seed: { type: 'string', default: '1' },
} as const;
/** A session of each person in two minutes. */
const SESSIONS_PER_WEEK = 5040;
const OPENS_IN_MS = 30_000;
const MINUTE_MS = 60_000;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (!(minutes > 0 && minutes < 60) || !Number.isInteger(seed)) throw new UsageError();
  const attackers = attackersNamed(values.attackers);
  const endpoint = runningEndpoint(process.env);
  const from = new Date();
  const marketplace = await readProgramme(graphClient({ endpoint }), from, OPENS_IN_MS);
  const days = minutes / (24 * 60);
  const people = { people: PEOPLE, sessionsPerWeek: SESSIONS_PER_WEEK, crowdShare: 1 };
  const prices = new Map(marketplace.shows.map(({ id, price }) => [id, price.amount]));
  const actions = actionsOf([...simulate({ seed, from, days, marketplace, ...people, attackers })], prices);
  const until = from.getTime() + minutes * MINUTE_MS;
  process.stdout.write(`${actions.length} actions at ${endpoint}\n`);
  const accounts = new Accounts(endpoint);
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  const print = (who: string, line: string): void => {
    const seconds = ((Date.now() - from.getTime()) / 1000).toFixed(1).padStart(7);
    process.stdout.write(`${seconds} s  ${who.padEnd(16)}${line}\n`);
  };
  const say = ({ actor, type }: Action, outcome: string): void => print(actor.kind, type.padEnd(9) + outcome);
  const analyst = await watchCases(endpoint, (line) => print('→ RISK', line));
  const failed = await play({ actions, player: new Player(accounts), until, say, signal: stopped.signal });
  await Promise.all([accounts.close(), analyst.close()]);
  process.stdout.write(`\n${actions.length - failed} actions were answered, ${failed} by an error.\n`);
  return 0;
}

await runCommand(USAGE, main);
