import type { AddressInfo, Server } from 'node:net';
import { answerQueries } from '../fixture/answer-query.ts';
import { bareHttpServer } from '../fixture/bare-http-server.ts';
import { answerCommands } from '../processes/commands.ts';
import { eventServer } from './event-server.ts';
import { SHOW, upstreamEvent } from './seat-map.ts';

/** The URLs of the subgraphs. */
export interface UpstreamUrls {
  readonly booking: string;
  readonly catalog: string;
  readonly publish: string;
}

// The two subgraphs in one process, each on its own port: one emits events, the other hydrates them.
const booking = eventServer(upstreamEvent);
const catalog = bareHttpServer(answerQueries({ query: { show: () => SHOW }, entity: () => SHOW }));

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

const [bookingOrigin, catalogOrigin] = [await listen(booking.server), await listen(catalog)];
answerCommands({
  urls: async (): Promise<UpstreamUrls> => ({
    booking: `${bookingOrigin}/graphql`,
    catalog: `${catalogOrigin}/graphql`,
    publish: `${bookingOrigin}/publish`,
  }),
  subscriptions: async () => booking.subscriptions(),
});
