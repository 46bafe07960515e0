import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_OPTIONS } from '../../../gateway/src/node-options.ts';
import { bundle } from '../../../scripts/lib/bundle.mjs';
import { nodeCommand } from '../processes/pinned-process.ts';
import type { MarqueeOptions } from './marquee.ts';

/** A folder in which Node resolves the gateway's own dependencies instead of the peers' versions. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/marquee-bench/', import.meta.url));

/** The command that runs this gateway as in production. */
export async function marqueeCommand(options: MarqueeOptions, nodeOptions: readonly string[] = []): Promise<string[]> {
  await bundle({ marquee: 'bench/src/gateways/marquee.ts' }, FOLDER);
  return nodeCommand(join(FOLDER, 'marquee.mjs'), [JSON.stringify(options)], [...NODE_OPTIONS, ...nodeOptions]);
}
