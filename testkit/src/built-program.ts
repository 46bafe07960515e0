import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../scripts/lib/bundle.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = join(ROOT, 'node_modules/.cache/marquee-test');

/** Bundles a TypeScript program that a test starts as a process. @returns the JavaScript file */
export async function builtProgram(source: URL): Promise<string> {
  const file = fileURLToPath(source);
  const name = basename(file, '.ts');
  await bundle({ [name]: relative(ROOT, file) }, join(BUILT, name));
  return join(BUILT, name, `${name}.mjs`);
}
