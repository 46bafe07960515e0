import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../packages/servers/src/free-port.ts';
import { schemasOf } from '../fixture/schemas.ts';
import { compose } from '../fixture/supergraph.ts';
import type { Contender } from '../gateway/setup.ts';
import { startBackend } from '../gateway/backend.ts';
import { marqueeCommand } from '../gateways/bundle.ts';
import type { MarqueeOptions } from '../gateways/marquee.ts';
import { withProcesses } from '../processes/process-group.ts';
import type { Keys } from '../processes/keys.ts';
import { GATEWAY_CORE, type PinnedProcess, waitUntilAnswering } from '../processes/pinned-process.ts';

/** Two gateways that differ only in the recording of usage. */
export interface Setup {
  readonly recording: Contender;
  readonly silent: Contender;
  readonly supergraphSdl: string;
  readonly redisUrl: string;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  stop(): Promise<void>;
}

/** Starts subgraphs, Redis, load generator and both gateways. */
export function openSetup(): Promise<Setup> {
  return withProcesses(async (processes) => {
    const { load, keys, redisUrl, urls } = await startBackend(processes);
    const supergraph = join(processes.folder, 'supergraph.graphql');
    const supergraphSdl = compose(schemasOf(true), urls);
    writeFileSync(supergraph, supergraphSdl);

    const gateway = async (name: string, usage: boolean): Promise<Contender> => {
      const port = await freePort();
      const options: MarqueeOptions = { supergraph, port, redisUrl, jwks: keys.jwks, singleFlight: false, usage };
      const process = processes.start(await marqueeCommand(options), GATEWAY_CORE);
      const url = `http://127.0.0.1:${port}/graphql`;
      await waitUntilAnswering(url, process, { authorization: keys.authorizations[0] ?? '' });
      return { name, about: name, url, process };
    };
    const recording = await gateway('recording', true);
    const silent = await gateway('without', false);
    return { recording, silent, supergraphSdl, redisUrl, load, keys, stop: () => processes.stop() };
  });
}
