import { repeatAtRandom, type Scenario } from '../scenario.ts';

export const processScenarios: readonly Scenario[] = [
  {
    // In one process the relays, the consumers and the provider die with it.
    name: 'process-killed',
    isOneProcess: true,
    inject: (world, signal) =>
      repeatAtRandom(world, signal, () => world.restartStack(), { leastMs: 2_000, mostMs: 6_000 }),
  },
];
