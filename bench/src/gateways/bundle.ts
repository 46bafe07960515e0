import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeCommand } from '../processes/pinned-process.ts';
import type { MarqueeOptions } from './marquee.ts';

const ROOT = new URL('../../../', import.meta.url);

/** Where Node finds the gateway's own dependencies, not the versions that the peers bring. */
const BUNDLE = new URL('node_modules/.cache/marquee-bench/marquee.mjs', ROOT);

/** The command that runs this gateway, with further options for Node. */
export async function marqueeCommand(options: MarqueeOptions, nodeOptions: readonly string[] = []): Promise<string[]> {
  return nodeCommand(await bundledMarquee(), [JSON.stringify(options)], nodeOptions);
}

/** Makes JavaScript of this gateway: the peers come as JavaScript, and a loader would count against it. @returns its file */
async function bundledMarquee(): Promise<string> {
  await build({
    entryPoints: [fileURLToPath(new URL('marquee.ts', import.meta.url))],
    outfile: fileURLToPath(BUNDLE),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: [...sharedDependenciesOf('gateway'), ...sharedDependenciesOf('packages/telemetry')],
    // CommonJS that is bundled asks for Node's own modules by it.
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
  return fileURLToPath(BUNDLE);
}

const REQUIRE = `import { createRequire as createBundleRequire } from 'node:module';
const require = createBundleRequire(import.meta.url);`;

/** The packages that are installed for the whole repository. What a workspace has a version of its own of is bundled. */
function sharedDependenciesOf(workspace: string): string[] {
  const folder = new URL(`${workspace}/`, ROOT);
  const { dependencies = {} } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies).filter(
    (name) => !name.startsWith('@marquee/') && !existsSync(new URL(`node_modules/${name}`, folder)),
  );
}
