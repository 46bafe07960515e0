import { FORWARDED_BY_HEADER } from '@marquee/identity';
import type { FastifyInstance } from 'fastify';

import type { Identify } from './origin.ts';

/**
 * Makes `ip` the client's address where the gateway forwards a request. It is believed by the gateway's token, not by the
 * address that the request comes from, so nobody else on the network can pretend to be another client.
 */
export function believeForwardedAddresses(app: FastifyInstance, identify: Identify): void {
  app.addHook('onRequest', async (request) => {
    const { [FORWARDED_BY_HEADER]: token, 'x-forwarded-for': address } = request.headers;
    if (typeof token !== 'string' || typeof address !== 'string') return;
    await identify(undefined, token, request.ip);
    Object.defineProperty(request, 'ip', { value: address });
  });
}
