import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../packages/servers/src/free-port.ts';
import { schemasOf } from '../fixture/schemas.ts';
import { compose } from '../fixture/supergraph.ts';
import type { Contender } from '../gateway/stage.ts';
import { startSurroundings } from '../gateway/surroundings.ts';
import { marqueeCommand } from '../gateways/bundle.ts';
import type { MarqueeOptions } from '../gateways/marquee.ts';
import { withCrew } from '../processes/crew.ts';
import type { Keys } from '../processes/keys.ts';
import { GATEWAY_CORE, type PinnedProcess, untilItAnswers } from '../processes/pinned-process.ts';

/** Two gateways that differ in nothing but the recording of usage. */
export interface Stage {
  readonly recording: Contender;
  readonly silent: Contender;
  readonly supergraphSdl: string;
  readonly redisUrl: string;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  stop(): Promise<void>;
}

/** Starts subgraphs, Redis, the load generator and both gateways; all stop when one fails to start. */
export function openStage(): Promise<Stage> {
  return withCrew(async (crew) => {
    const { load, keys, redisUrl, urls } = await startSurroundings(crew);
    const supergraph = join(crew.folder, 'supergraph.graphql');
    const supergraphSdl = compose(schemasOf(true), urls);
    writeFileSync(supergraph, supergraphSdl);

    const gateway = async (name: string, usage: boolean): Promise<Contender> => {
      const port = await freePort();
      const options: MarqueeOptions = { supergraph, port, redisUrl, jwks: keys.jwks, singleFlight: false, usage };
      const process = crew.start(await marqueeCommand(options), GATEWAY_CORE);
      const url = `http://127.0.0.1:${port}/graphql`;
      await untilItAnswers(url, process, { authorization: keys.authorizations[0] ?? '' });
      return { name, about: name, url, process };
    };
    const recording = await gateway('recording', true);
    const silent = await gateway('without', false);
    return { recording, silent, supergraphSdl, redisUrl, load, keys, stop: () => crew.stop() };
  });
}
