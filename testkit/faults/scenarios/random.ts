import { pick } from '../random.ts';
import { repeatAtRandom, type Scenario } from '../scenario.ts';
import type { World } from '../world.ts';
import { restartPostgres } from './postgres.ts';
import { freezeRedis, redisCommand, restartRedis } from './redis.ts';

type Fault = (world: World) => Promise<void>;

const FAULTS: readonly Fault[] = [
  restartPostgres,
  restartRedis,
  freezeRedis,
  ({ restartStack }) => restartStack(),
  async ({ redisProxy }) => redisProxy.freeze(),
  (world) => redisCommand(world, 'FLUSHALL'),
  (world) => redisCommand(world, 'CLIENT', 'KILL', 'TYPE', 'pubsub'),
];

export const randomScenarios: readonly Scenario[] = [
  {
    name: 'random',
    isOneProcess: true,
    inject: async (world, signal) => {
      world.webhooks.distort(true);
      const order = shuffled(world.random);
      let next = 0;
      const fault = async (): Promise<void> => {
        // Each kind once, before any comes again.
        const chosen = order[next] ?? pick(world.random, FAULTS);
        next += 1;
        await chosen(world);
      };
      const faults = await repeatAtRandom(world, signal, fault, { leastMs: 1_000, mostMs: 5_000 });
      world.webhooks.distort(false);
      return faults;
    },
  },
];

function shuffled(random: () => number): readonly Fault[] {
  return FAULTS.map((fault) => ({ fault, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ fault }) => fault);
}
