import { parseArgs } from 'node:util';
import { openPlainClient, type PlainClient } from '@marquee/database';
import {
  countDeadLetters,
  deliverAgain,
  forgetSubscriber,
  unreceivedEvents,
  type UnreceivedEvent,
} from '@marquee/events';

import { runCommand, UsageError } from './command.ts';
import { commandDatabases } from './command-databases.ts';
import { subgraphNames } from './subgraphs.ts';

const USAGE = `Usage: npm run audit:events -- [--grace <seconds>] [--repair] [--forget <consumer>]

Lists the events that a consumer has not received, by the databases at both ends.
  --grace <seconds>    younger events are on their way; 30 by default
  --repair             delivers them again: a running subgraph does so within seconds, another when it starts
  --forget <consumer>  stops waiting for a consumer that will not come back
Exit code: 1 when an event older than the grace is missing, or no domain waits for the consumer to forget.
`;

const OPTIONS = {
  grace: { type: 'string', default: '30' },
  repair: { type: 'boolean', default: false },
  forget: { type: 'string' },
} as const;

type Databases = ReadonlyMap<string, PlainClient>;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @returns the exit code */
async function audit(databases: Databases, graceSeconds: number, repair: boolean): Promise<number> {
  let overdue = 0;
  for (const [domain, outbox] of databases) {
    const unreceived = await unreceivedEvents(domain, outbox, (consumer) => databases.get(consumer));
    const missing = unreceived.filter((event) => ageSeconds(event) > graceSeconds);
    for (const event of missing) say(lineFor(event));
    if (repair) await deliverAgain(outbox, missing);
    overdue += missing.length;
  }
  for (const [consumer, inbox] of databases) {
    const letters = await countDeadLetters(inbox, consumer);
    if (letters > 0) say(`${consumer} keeps ${letters} dead letters: npm run events:replay -- ${consumer} --list`);
  }
  say(`${overdue} events are missing${repair && overdue > 0 ? '; they are delivered again' : ''}`);
  return overdue > 0 ? 1 : 0;
}

function ageSeconds({ occurredAt }: UnreceivedEvent): number {
  return Math.round((Date.now() - occurredAt.getTime()) / 1_000);
}

function lineFor(event: UnreceivedEvent): string {
  const { consumer, domain, type, key, id } = event;
  return `${consumer} has not received ${type} of ${domain} for ${ageSeconds(event)} s: key ${key}, id ${id}`;
}

/** @returns the exit code */
async function forget(databases: Databases, consumer: string): Promise<number> {
  let forgotten = 0;
  for (const [domain, outbox] of databases) {
    if (!(await forgetSubscriber(outbox, consumer))) continue;
    say(`${domain} no longer waits for ${consumer}`);
    forgotten += 1;
  }
  if (forgotten === 0) say(`No domain waits for ${consumer}.`);
  return forgotten === 0 ? 1 : 0;
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const grace = Number(values.grace);
  if (!(grace >= 0)) throw new UsageError();
  const urlOf = commandDatabases(process.env);
  const databases = new Map<string, PlainClient>();
  try {
    for (const name of subgraphNames()) databases.set(name, await openPlainClient(urlOf(name)));
    if (values.forget !== undefined) return await forget(databases, values.forget);
    return await audit(databases, grace, values.repair);
  } finally {
    await Promise.all([...databases.values()].map((database) => database.close()));
  }
}

await runCommand(USAGE, main);
