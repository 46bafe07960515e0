import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_OPTIONS } from '../../../gateway/src/node-options.ts';
import { bundle } from '../../../scripts/lib/bundle.mjs';
import { nodeCommand } from '../processes/pinned-process.ts';
import type { MarqueeOptions } from './marquee.ts';

/** Where Node finds the gateway's own dependencies, not the versions that the peers bring. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/marquee-bench/', import.meta.url));

/** The command that runs this gateway as a deployment does, with further options for Node. */
export async function marqueeCommand(options: MarqueeOptions, nodeOptions: readonly string[] = []): Promise<string[]> {
  await bundle({ marquee: 'bench/src/gateways/marquee.ts' }, FOLDER);
  return nodeCommand(join(FOLDER, 'marquee.mjs'), [JSON.stringify(options)], [...NODE_OPTIONS, ...nodeOptions]);
}
