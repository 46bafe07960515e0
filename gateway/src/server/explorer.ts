import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FastifyInstance, FastifyReply } from 'fastify';

const ASSETS = new URL('../../assets/', import.meta.url);
const PREFIX = '/graphql/explorer';

/** Allows only this origin, and inline styles, which GraphiQL's editor creates at run time. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

interface Asset {
  readonly type: string;
  readonly cacheControl?: string;
  readonly content: () => Promise<string | Buffer>;
}

function own(type: string, file: string): Asset {
  return { type, cacheControl: 'no-cache', content: () => readFile(new URL(file, ASSETS)) };
}

/** Sends GraphiQL's page. */
export async function explorerPage(reply: FastifyReply): Promise<FastifyReply> {
  const page = await readFile(new URL('explorer.html', ASSETS));
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'no-cache')
    .send(page);
}

/** An account of the seed that the explorer signs in to by one click. */
export interface DemoAccount {
  /** Its purpose, in words. */
  readonly role: string;
  readonly roles: readonly string[];
  readonly organisation: string | null;
  readonly email: string;
  readonly password: string;
}

/** Serves GraphiQL's scripts and styles from this origin. The nine megabytes are loaded on first use. */
export function explorerAssets(app: FastifyInstance, accounts: readonly DemoAccount[]): void {
  const graphiql = () => import('@graphql-yoga/render-graphiql/graphiql');
  const assets: Record<string, Asset> = {
    'explorer.js': own(SCRIPT, 'explorer.js'),
    'examples.js': own(SCRIPT, 'examples.js'),
    'operations.js': own(SCRIPT, 'operations.js'),
    'session.js': own(SCRIPT, 'session.js'),
    'explorer.css': own(STYLE, 'explorer.css'),
    'graphql-ws.js': { type: SCRIPT, content: () => readFile(browserGraphqlWs()) },
    'graphiql.js': { type: SCRIPT, content: async () => (await graphiql()).js },
    'style.css': { type: STYLE, content: async () => (await graphiql()).css },
    'editorWorkerService.worker.js': { type: SCRIPT, content: async () => (await graphiql()).editorWorkerService },
    'json.worker.js': { type: SCRIPT, content: async () => (await graphiql()).jsonWorker },
    'graphql.worker.js': { type: SCRIPT, content: async () => (await graphiql()).graphqlWorker },
  };
  for (const [name, { type, cacheControl = 'public, max-age=3600', content }] of Object.entries(assets)) {
    app.get(`${PREFIX}/${name}`, async (_request, reply) => {
      return (
        reply
          .type(type)
          // A worker has the policy of its own script.
          .header('content-security-policy', CONTENT_SECURITY_POLICY)
          .header('cache-control', cacheControl)
          .send(await content())
      );
    });
  }
  app.get(`${PREFIX}/accounts.json`, async () => accounts);
}

function browserGraphqlWs(): URL {
  const main = createRequire(import.meta.url).resolve('graphql-ws');
  return new URL('../umd/graphql-ws.min.js', `file://${main}`);
}
