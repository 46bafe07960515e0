import { withLimits } from '@marquee/input';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { parse, print, printSchema } from 'graphql';
import type { Generation } from '../../engine/api.ts';
import { isCurrent } from '../etag.ts';

export const SDL_PATH = '/schema.graphql';

const printed = new WeakMap<Generation, string>();

/** Serves the SDL of the public schema, with descriptions and limits. It changes with the supergraph, and its ETag with it. */
export function publicSdl(app: FastifyInstance, current: () => Generation): void {
  app.get(SDL_PATH, async ({ headers }, reply): Promise<FastifyReply> => {
    const generation = current();
    // Weak, because a compressed response has other bytes.
    const etag = `W/"${generation.id}"`;
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (isCurrent(headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('text/plain; charset=utf-8').send(sdlOf(generation));
  });
}

function sdlOf(generation: Generation): string {
  const known = printed.get(generation);
  if (known !== undefined) return known;
  const api = parse(printSchema(generation.schema), { noLocation: true });
  const sdl = `${print(withLimits(api, parse(generation.supergraphSdl, { noLocation: true })))}\n`;
  printed.set(generation, sdl);
  return sdl;
}
