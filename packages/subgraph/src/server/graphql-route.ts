import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { type Origin, type OriginOptions, originOf } from './origin.ts';

export interface GraphqlRouteOptions extends OriginOptions {
  readonly path: string;
  readonly apollo: ApolloServer<Origin>;
}

/** GraphQL over HTTP. The caller is authenticated before Apollo Server gets the request. */
export function graphqlRoute(app: FastifyInstance, { path, apollo, ...options }: GraphqlRouteOptions): void {
  const origins = new WeakMap<FastifyRequest, Origin>();
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => origins.get(request) ?? originOf(request, options),
  });
  app.route({
    method: ['GET', 'POST'],
    url: path,
    handler: async (request, reply) => {
      origins.set(request, await originOf(request, options));
      const body: unknown = await handle.call(app, request, reply);
      return body;
    },
  });
}
