import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

import { precompress } from './precompress.ts';

/** Paths that the development server passes on to a running stack. */
const SERVED_BY_THE_GATEWAY = ['/graphql', '/session', '/documents', '/pages', '/schema.graphql'];

/** Code that every page needs, in two files: each file that a first visit loads costs it the headers of a response. */
const ALWAYS_LOADED = [
  {
    name: 'libraries',
    test: /node_modules[\\/](react|react-dom|scheduler|react-router|@apollo|rxjs|graphql|graphql-ws|optimism|@wry|intl-messageformat|@formatjs|tslib)[\\/]/,
  },
  { name: 'first', test: /apps[\\/](kit[\\/]src[\\/](api|text)|\w+[\\/]src[\\/](frame|home|days|generated))[\\/]/ },
];

/**
 * The build of an application: no inline scripts, hashed names that can be cached for ever, and in development a proxy to
 * the stack at `MARQUEE_ENDPOINT`.
 */
export function application(base: string, environment: Readonly<Record<string, string | undefined>>): UserConfig {
  // npm run demo takes the whole address of the endpoint from the same variable.
  const target = new URL(environment['MARQUEE_ENDPOINT'] ?? 'http://127.0.0.1:4000').origin;
  return {
    base,
    // The library's own texts, in the languages of this one that it has.
    plugins: [react(), { ...optimizeLocales.vite({ locales: ['en-US', 'de-DE'] }), enforce: 'pre' }, precompress()],
    build: {
      target: 'es2022',
      // Those that know light-dark().
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // A content security policy without inline scripts or styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { output: { codeSplitting: { groups: ALWAYS_LOADED } } },
    },
    server: {
      host: '127.0.0.1',
      proxy: Object.fromEntries(SERVED_BY_THE_GATEWAY.map((path) => [path, { target, ws: path === '/graphql' }])),
    },
  };
}
