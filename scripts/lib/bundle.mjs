import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { build, stop } from 'esbuild';
import { LIST, removeUnlisted } from './listed-files.mjs';
import { root } from './run.mjs';

/**
 * Bundles TypeScript programs of this repository. A loader that compiles on the fly makes a start several times slower
 * and stays in memory.
 *
 * Shared code is split into separate files. npm packages stay external, except for those of which a workspace has its
 * own version, which would not resolve from `folder`. Unchanged files are not rewritten, so that programs can run
 * meanwhile.
 *
 * @param {Record<string, string>} programs the source of each program, relative to the root, by its name
 * @param {string} folder the output folder, which must hold nothing else
 */
export async function bundle(programs, folder) {
  const { outputFiles } = await build({
    entryPoints: { ...programs, ...WORKERS },
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
    // Bundled CommonJS needs `require` for Node's built-in modules.
    banner: { js: REQUIRE },
    plugins: [keepSharedPackagesExternal, keepSourceLocations(folder)],
    logLevel: 'warning',
  });
  await stop();
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeIfNew(path, contents);
  const made = outputFiles.map(({ path }) => basename(path)).toSorted();
  writeIfNew(join(folder, LIST), Buffer.from(JSON.stringify(made)));
  removeUnlisted(folder);
}

/** The programs of worker threads, which lie beside every program. */
const WORKERS = { 'planner-worker': 'gateway/src/planning/planner-worker.ts' };

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

/** Whether a workspace has its own version of a package. bench/ is not a workspace. */
function hasOwnVersion(folder, name) {
  for (let at = folder; at !== root && at !== join(root, 'bench') && at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'node_modules', name))) return true;
  }
  return false;
}

/**
 * Keeps `import.meta.url` pointing at the source, so that files beside it, such as a schema, are found. The program of a
 * worker thread, `*-worker.ts`, is the bundled one.
 */
function keepSourceLocations(folder) {
  return {
    name: 'sources-keep-their-place',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes('import.meta.url')) return undefined;
        const place = JSON.stringify(relative(folder, path).split(sep).join('/'));
        return {
          contents: source
            .replaceAll(/new URL\('\.\/([\w-]+-worker)\.ts', import\.meta\.url\)/g, "new URL('./$1.mjs', BUNDLE_URL)")
            .replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
            .replaceAll('BUNDLE_URL', 'import.meta.url'),
          loader: 'ts',
        };
      });
    },
  };
}

/** Writes a file atomically, so that a program that starts meanwhile reads either the old or the new one. */
function writeIfNew(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  writeFileSync(`${path}.new`, contents);
  renameSync(`${path}.new`, path);
}
