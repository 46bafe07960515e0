import { redisUsage, schemaCoordinates } from '@marquee/schema-usage';
import { testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { startGateway } from '../server/gateway-under-test.ts';
import { type Theatre, theatre } from '../server/theatre.ts';

const EVENTS = `
  enum Genre { DRAMA COMEDY OPERA MIME }
  scalar Json
  input Range { from: Int = 1 to: Int }
  input Filter { genre: Genre genres: [Genre!] price: Range any: [Filter!] title: String extra: Json }
  interface Event { id: ID name(language: String): String }
  type Play implements Event { id: ID name(language: String): String acts: Int genre: Genre }
  type Concert implements Event { id: ID name(language: String): String band: String }
  union Found = Play | Concert
  extend type Query {
    events(filter: Filter, genre: Genre = DRAMA, first: Int): [Event]
    find(text: String, filters: [[Filter]]): [Found]
  }
  extend type Mutation { stage(filter: Filter!, genre: Genre): Play }
`;

export const LONG_AGO = new Date(Date.now() - 7 * 86_400_000);
export const CLIENT = { 'apollographql-client-name': 'storefront', 'apollographql-client-version': '1.0' };

let shared: Theatre | undefined;

/** A gateway that records usage in a Redis namespace of the test. */
export async function recordingGateway(options: Partial<GatewayOptions> = {}) {
  const { url, namespace } = testRedis();
  const redis = options.redis ?? new Redis(url);
  const usage = redisUsage({ url, namespace });
  onTestFinished(async () => {
    await usage.close();
    redis.disconnect();
  });
  shared ??= theatre(EVENTS);
  const under = await startGateway({ redis, namespace, ...options }, shared);
  const { schema } = under.gateway.engine.current();
  const everything = [...schemaCoordinates(schema).keys(), ...Object.keys(schema.getTypeMap())];
  const records = async () => {
    await under.gateway.stop();
    return usage.usageOf(everything, LONG_AGO);
  };
  return {
    ...under,
    usage,
    /** All records, once the gateway has stopped. */
    records,
    /** Uses of each coordinate, once the gateway has stopped. */
    counts: async () => {
      const counts: Record<string, number> = {};
      for (const { coordinate, count } of await records()) counts[coordinate] = (counts[coordinate] ?? 0) + count;
      return counts;
    },
    metric: async (name: string) => {
      const text = await under.gateway.metrics.metrics();
      return Number(new RegExp(`^marquee_gateway_${name} (\\d+)$`, 'm').exec(text)?.[1]);
    },
  };
}
