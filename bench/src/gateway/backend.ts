import type { SubgraphName } from '../fixture/schemas.ts';
import type { ProcessGroup } from '../processes/process-group.ts';
import { type Keys, newKeys } from '../processes/keys.ts';
import { LOAD_CORE, nodeCommand, type PinnedProcess } from '../processes/pinned-process.ts';

/** The processes around the gateways under test: subgraphs and load generator, on their own core, and Redis. */
export interface Backend {
  readonly subgraphs: PinnedProcess;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  readonly redisUrl: string;
  /** The URL of each subgraph. */
  readonly urls: Record<SubgraphName, string>;
}

export async function startBackend(processes: ProcessGroup): Promise<Backend> {
  const subgraphs = processes.start(nodeCommand('src/fixture/subgraphs-main.ts'), LOAD_CORE);
  const load = processes.start(nodeCommand('src/load/load-main.ts'), LOAD_CORE);
  const [redisUrl, keys] = await Promise.all([processes.startRedis(), newKeys(), subgraphs.ready(), load.ready()]);
  const urls = await subgraphs.ask<Record<SubgraphName, string>>('urls');
  return { subgraphs, load, keys, redisUrl, urls };
}
