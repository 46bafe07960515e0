import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemasOf, type SubgraphName } from '../fixture/schemas.ts';
import { compose } from '../fixture/supergraph.ts';
import type { Contender } from '../gateway/stage.ts';
import { marqueeCommand } from '../gateways/bundle.ts';
import type { MarqueeOptions } from '../gateways/marquee.ts';
import { type Keys, newKeys } from '../processes/keys.ts';
import { GATEWAY_CORE, LOAD_CORE, nodeCommand, PinnedProcess, untilItAnswers } from '../processes/pinned-process.ts';

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
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-bench-usage-'));
  const processes: PinnedProcess[] = [];
  const start = (command: readonly string[], core: number) => {
    const started = new PinnedProcess(command, { core });
    processes.push(started);
    return started;
  };
  const stop = async () => {
    await Promise.all(processes.toReversed().map((each) => each.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const subgraphs = start(nodeCommand('src/fixture/subgraphs-main.ts'), LOAD_CORE);
    const load = start(nodeCommand('src/load/load-main.ts'), LOAD_CORE);
    const redisPort = await freePort();
    start(['redis-server', '--port', `${redisPort}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder], LOAD_CORE);
    await Promise.all([subgraphs.ready(), load.ready()]);
    const keys = await newKeys();
    const supergraph = join(folder, 'supergraph.graphql');
    const supergraphSdl = compose(schemasOf(true), await subgraphs.ask<Record<SubgraphName, string>>('urls'));
    writeFileSync(supergraph, supergraphSdl);
    const redisUrl = `redis://127.0.0.1:${redisPort}`;

    const gateway = async (name: string, usage: boolean): Promise<Contender> => {
      const port = await freePort();
      const options: MarqueeOptions = { supergraph, port, redisUrl, jwks: keys.jwks, singleFlight: false, usage };
      const process = start(await marqueeCommand(options), GATEWAY_CORE);
      const url = `http://127.0.0.1:${port}/graphql`;
      await untilItAnswers(url, process, { authorization: keys.authorizations[0] ?? '' });
      return { name, about: name, url, process };
    };
    const recording = await gateway('recording', true);
    const silent = await gateway('without', false);
    return { recording, silent, supergraphSdl, redisUrl, load, keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
