import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
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
  "frame-ancestors 'none'",
].join('; ');

const SCRIPT = 'text/javascript; charset=utf-8';

/** Sends GraphiQL's page. */
export async function explorerPage(reply: FastifyReply): Promise<FastifyReply> {
  const page = await readFile(new URL('explorer.html', ASSETS));
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'no-cache')
    .send(page);
}

/** Serves GraphiQL's scripts and styles from this origin. The nine megabytes are loaded on first use. */
export function explorerAssets(app: FastifyInstance): void {
  const graphiql = () => import('@graphql-yoga/render-graphiql/graphiql');
  const assets: Record<string, { type: string; content: () => Promise<string | Buffer> }> = {
    'explorer.js': { type: SCRIPT, content: () => readFile(fileURLToPath(new URL('explorer.js', ASSETS))) },
    'graphql-ws.js': { type: SCRIPT, content: () => readFile(browserGraphqlWs()) },
    'graphiql.js': { type: SCRIPT, content: async () => (await graphiql()).js },
    'style.css': { type: 'text/css; charset=utf-8', content: async () => (await graphiql()).css },
    'editorWorkerService.worker.js': { type: SCRIPT, content: async () => (await graphiql()).editorWorkerService },
    'json.worker.js': { type: SCRIPT, content: async () => (await graphiql()).jsonWorker },
    'graphql.worker.js': { type: SCRIPT, content: async () => (await graphiql()).graphqlWorker },
  };
  for (const [name, { type, content }] of Object.entries(assets)) {
    app.get(`${PREFIX}/${name}`, async (_request, reply) => {
      return reply
        .type(type)
        .header('cache-control', 'public, max-age=3600')
        .send(await content());
    });
  }
}

function browserGraphqlWs(): URL {
  const main = createRequire(import.meta.url).resolve('graphql-ws');
  return new URL('../umd/graphql-ws.min.js', `file://${main}`);
}
