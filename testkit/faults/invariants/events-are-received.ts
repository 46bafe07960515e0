import { deadLetters, unreceivedEvents } from '@marquee/events';
import { subgraphNames } from '@marquee/stack/subgraphs';

import type { Databases, Rule } from './rule.ts';

export const eventsAreReceived: Rule = {
  name: 'every consumer has received every event, and could handle it',
  violations: async (databases) => {
    const found: string[] = [];
    for (const name of subgraphNames()) found.push(...(await missingFrom(databases, name)));
    return found;
  },
};

async function missingFrom(databases: Databases, name: string): Promise<string[]> {
  const unreceived = await unreceivedEvents(name, databases(name), databases);
  const given = await deadLetters(databases(name), name);
  return [
    ...unreceived.map(({ consumer, type, id }) => `${consumer} has not received ${type} ${id}`),
    ...given.map(({ type, id, error }) => `${name} gave up on ${type} ${id}: ${error}`),
  ];
}
