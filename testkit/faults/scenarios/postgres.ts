import { repeatAtRandom, type Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

export const postgresScenarios: readonly Scenario[] = [
  {
    name: 'postgres-restarted',
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => restartPostgres(world), { leastMs: 5_000, mostMs: 10_000 }),
  },
];

export async function restartPostgres({ postgres }: World): Promise<void> {
  await postgres.kill();
  await postgres.start();
}
