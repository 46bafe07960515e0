import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../packages/servers/src/free-port.ts';
import { marqueeCommand } from '../gateways/bundle.ts';
import { schemasOf } from '../fixture/schemas.ts';
import { compose } from '../fixture/supergraph.ts';
import { withProcesses } from '../processes/process-group.ts';
import type { Keys } from '../processes/keys.ts';
import { GATEWAY_CORE, nodeCommand, type PinnedProcess, waitUntilAnswering } from '../processes/pinned-process.ts';
import { startBackend } from './backend.ts';

/** A gateway under test. */
export interface Contender {
  readonly name: string;
  readonly about: string;
  readonly url: string;
  readonly process: PinnedProcess;
}

export interface Setup {
  readonly contenders: readonly Contender[];
  readonly subgraphs: PinnedProcess;
  readonly load: PinnedProcess;
  readonly keys: Keys;
  stop(): Promise<void>;
}

export const STOCK = 'stock';
export const MARQUEE = 'marquee';
/** Single flight is off in all of them. */
export const CONTENDERS = [STOCK, 'hive', 'hive-rust', MARQUEE] as const;

/**
 * Starts subgraphs, Redis, load generator and gateways.
 *
 * @param nodeOptions for this gateway, such as `--cpu-prof`
 */
export function openSetup(names: readonly string[], nodeOptions: readonly string[] = []): Promise<Setup> {
  return withProcesses(async (processes) => {
    const { subgraphs, load, keys, redisUrl, urls } = await startBackend(processes);
    const files = {
      plain: join(processes.folder, 'plain.graphql'),
      withPolicies: join(processes.folder, 'withPolicies.graphql'),
    };
    writeFileSync(files.plain, compose(schemasOf(false), urls));
    writeFileSync(files.withPolicies, compose(schemasOf(true), urls));

    const contenders: Contender[] = [];
    for (const name of names) {
      const port = await freePort();
      const { about, command, env } = await gatewayCommand(name, { port, files, keys, redisUrl, nodeOptions });
      const process = processes.start(command, GATEWAY_CORE, env);
      const url = `http://127.0.0.1:${port}/graphql`;
      await waitUntilAnswering(url, process, { authorization: keys.authorizations[0] as string });
      contenders.push({ name, about, url, process });
    }
    return { contenders, subgraphs, load, keys, stop: () => processes.stop() };
  });
}

interface GatewayPlace {
  readonly port: number;
  readonly files: { readonly plain: string; readonly withPolicies: string };
  readonly keys: Keys;
  readonly redisUrl: string;
  readonly nodeOptions: readonly string[];
}

interface GatewayCommand {
  readonly about: string;
  readonly command: readonly string[];
  readonly env?: Record<string, string>;
}

async function gatewayCommand(name: string, place: GatewayPlace): Promise<GatewayCommand> {
  const { port, files, keys, redisUrl, nodeOptions } = place;
  const options = { supergraph: files.withPolicies, port, redisUrl, jwks: keys.jwks, singleFlight: false };
  const hive = [
    ...nodeCommand('node_modules/@graphql-hive/gateway/dist/bin.js', ['supergraph', files.plain]),
    ...['--host', '127.0.0.1', '--port', String(port), '--config-path', 'src/gateways/hive.config.mjs'],
  ];
  const rust = [...hive, '--hive-router-runtime'];
  switch (name) {
    case STOCK:
      return {
        about: '@apollo/gateway behind Apollo Server on Fastify',
        command: nodeCommand('src/gateways/stock.mjs', [files.plain, String(port)]),
      };
    case 'hive':
      return { about: 'Hive Gateway, its sharing of fetches in flight turned off', command: hive };
    case 'hive-rust':
      return { about: 'the same with its Rust planner and executor', command: rust, env: RUST };
    case MARQUEE:
      return { about: 'this gateway, single flight off', command: await marqueeCommand(options, nodeOptions) };
    default:
      throw new Error(`There is no gateway ${name}`);
  }
}

const RUST = { HIVE_ROUTER_RUNTIME: 'true' };
