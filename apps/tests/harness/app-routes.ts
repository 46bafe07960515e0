import { build, type Plugin } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RouteObject } from 'react-router';

export type App = 'storefront' | 'backoffice';

/** Lists of routes import pages lazily and nothing else that matters here. */
const ROUTES_ALONE: Plugin = {
  name: 'routes-alone',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /./ }, ({ path, kind }) => {
      if (kind === 'entry-point' || path.endsWith('/routes.ts')) return undefined;
      return { path, namespace: 'left-out' };
    });
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: `module.exports = new Proxy(() => module.exports, { get: (_, key) => key === '__esModule' || module.exports });`,
    }));
  },
};

/** The paths of every page of an application, as its own list of routes has them, such as `/shows/:id`. */
export async function pathsOf(app: App): Promise<readonly string[]> {
  const entry = fileURLToPath(new URL(`../../${app}/src/routes.ts`, import.meta.url));
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, write: false, format: 'esm', logLevel: 'error' },
    plugins: [ROUTES_ALONE],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { routes } = (await import(`data:text/javascript;base64,${code}`)) as { routes: readonly RouteObject[] };
  return [...new Set(pathsIn(routes, '/'))];
}

function pathsIn(routes: readonly RouteObject[], parent: string): string[] {
  return routes.flatMap(({ path = '', children }) => {
    const here = join(parent, path);
    return children ? pathsIn(children, here) : [here];
  });
}
