import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { build, stop } from 'esbuild';
import { root } from './run.mjs';

/**
 * Makes JavaScript of TypeScript programs of this repository: a loader that compiles as it goes takes several times as
 * long to start, and stays in memory.
 *
 * Parts that programs share are files of their own. Packages are left where npm put them; those that a workspace has a
 * version of its own of are taken in, for they would not be found from `folder`. What is there already and still the
 * same is not touched, so that programs can run meanwhile.
 *
 * @param {Record<string, string>} programs by the name of what is made, `<name>.mjs`, its source from the root
 * @param {string} folder where they go: nothing else may be there
 */
export async function bundle(programs, folder) {
  const { outputFiles } = await build({
    entryPoints: programs,
    absWorkingDir: root,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'shared-[hash]',
    write: false,
    bundle: true,
    splitting: true,
    sourcemap: 'linked',
    sourcesContent: false,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // CommonJS that is taken in asks for Node's own modules by it.
    banner: { js: REQUIRE },
    plugins: [keepSharedPackagesExternal, keepSourceLocations(folder)],
    logLevel: 'warning',
  });
  await stop();
  mkdirSync(folder, { recursive: true });
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const { path, contents } of outputFiles) writeIfNew(path, contents);
  for (const file of readdirSync(folder)) if (!made.has(file)) rmSync(join(folder, file), { force: true });
}

const REQUIRE = `import { createRequire as createBundleRequire } from 'node:module';
const require = createBundleRequire(import.meta.url);`;

const keepSharedPackagesExternal = {
  name: 'shared-packages-stay-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      if (path.startsWith('@marquee/')) return undefined;
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      return hasOwnVersion(dirname(importer), name) ? undefined : { path, external: true };
    });
  },
};

/** Whether a workspace has a version of its own of a package. bench/ is none: what it has is the peers'. */
function hasOwnVersion(folder, name) {
  for (let at = folder; at !== root && at !== join(root, 'bench') && at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name))) return true;
  }
  return false;
}

/** What a source looks for beside itself, such as its schema, stays where it is. */
function keepSourceLocations(folder) {
  return {
    name: 'sources-keep-their-place',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes('import.meta.url')) return undefined;
        const place = JSON.stringify(relative(folder, path).split(sep).join('/'));
        return {
          contents: source.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`),
          loader: 'ts',
        };
      });
    },
  };
}

/** A program that starts at this very moment reads all of the old file or all of the new one. */
function writeIfNew(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}
