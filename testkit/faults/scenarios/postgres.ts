import { repeatAtRandom, type Scenario } from '../scenario.ts';

export const postgresScenarios: readonly Scenario[] = [
  {
    name: 'postgres-restarted',
    inject: (world, signal) =>
      repeatAtRandom(
        world,
        signal,
        async () => {
          await world.postgres.kill();
          await world.postgres.start();
        },
        { leastMs: 5_000, mostMs: 10_000 },
      ),
  },
];
