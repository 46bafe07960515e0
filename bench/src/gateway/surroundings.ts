import type { SubgraphName } from '../fixture/schemas.ts';
import type { Crew } from '../processes/crew.ts';
import { type Keys, newKeys } from '../processes/keys.ts';
import { LOAD_CORE, nodeCommand, type PinnedProcess } from '../processes/pinned-process.ts';

/** What gateways under test stand between: subgraphs and the load generator, on a core of their own, and Redis. */
export interface Surroundings {
  readonly subgraphs: PinnedProcess;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  readonly redisUrl: string;
  /** Of each subgraph. */
  readonly urls: Record<SubgraphName, string>;
}

export async function startSurroundings(crew: Crew): Promise<Surroundings> {
  const subgraphs = crew.start(nodeCommand('src/fixture/subgraphs-main.ts'), LOAD_CORE);
  const load = crew.start(nodeCommand('src/load/load-main.ts'), LOAD_CORE);
  const [redisUrl, keys] = await Promise.all([crew.startRedis(), newKeys(), subgraphs.ready(), load.ready()]);
  const urls = await subgraphs.ask<Record<SubgraphName, string>>('urls');
  return { subgraphs, load, keys, redisUrl, urls };
}
