import { page, sendPage, textOf } from '@marquee/sandbox-pages';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { Messages } from './messages.ts';
import { messagesPage, subscriptionPage } from './pages.ts';
import { receiveMessage, RefusedError } from './receive-message.ts';
import { type Answer, keysOf, type Subscription, Subscriptions } from './subscriptions.ts';

const LOOPBACK = '127.0.0.1';
/** Above what a message may have, so that the service itself refuses it. */
const BODY_LIMIT = 100_000;

/** A push service for development and tests, which plays the browser too. */
export interface SandboxPush {
  /** Starts it, on this machine only. @returns its address */
  listen(options?: { readonly port?: number }): Promise<string>;
  stop(): Promise<void>;
}

export interface SandboxPushDeps {
  readonly log: { error(fields: Readonly<Record<string, unknown>>, message: string): void };
}

type ById = { Params: { id: string } };

export function buildSandboxPush({ log }: SandboxPushDeps): SandboxPush {
  const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: BODY_LIMIT });
  const subscriptions = new Subscriptions();
  const messages = new Messages();
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, done) => done(null));
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof RefusedError) return reply.code(error.status).send({ error: error.message });
    log.error({ err: error }, 'the sandbox push service failed');
    return reply.code(500).send({ error: 'The sandbox push service failed.' });
  });
  inspection(app, messages, subscriptions);
  delivery(app, messages, subscriptions);
  return { listen: ({ port = 0 } = {}) => app.listen({ host: LOOPBACK, port }), stop: () => app.close() };
}

/** Routes for people and tests. */
function inspection(app: FastifyInstance, messages: Messages, subscriptions: Subscriptions): void {
  const subscribe = (request: FastifyRequest) => {
    const subscription = subscriptions.create();
    const { id } = subscription;
    return { id, endpoint: `${originOf(request)}/push/${id}`, keys: keysOf(subscription) };
  };
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get<{ Querystring: { subscription?: unknown } }>('/', async ({ query }, reply) => {
    const subscription = textOf(query.subscription)?.trim();
    return sendPage(reply, messagesPage(messages.list(subscription), subscription));
  });
  app.get<{ Querystring: { subscription?: string } }>('/messages.json', async ({ query }) =>
    messages.list(query.subscription),
  );
  app.post('/subscriptions', async (request, reply) => reply.code(201).send(subscribe(request)));
  app.post('/subscriptions/new', async (request, reply) => {
    const { endpoint, keys } = subscribe(request);
    return sendPage(reply, subscriptionPage(endpoint, keys));
  });
  app.put<ById & { Body: Answer }>('/subscriptions/:id/answer', async ({ params, body }, reply) => {
    known(subscriptions, params.id).answer = body;
    return reply.code(204).send();
  });
  app.delete<ById>('/subscriptions/:id', async ({ params }, reply) => {
    known(subscriptions, params.id).answer = null;
    return reply.code(204).send();
  });
  app.setNotFoundHandler((_request, reply) =>
    sendPage(reply.code(404), page('Not found', '<p><a href="/">Back</a></p>')),
  );
}

/** Routes for senders. */
function delivery(app: FastifyInstance, messages: Messages, subscriptions: Subscriptions): void {
  app.post<ById & { Body: Buffer }>('/push/:id', async (request, reply) => {
    const subscription = known(subscriptions, request.params.id);
    const { answer } = subscription;
    if (answer === null) throw new RefusedError(410, 'The person has unsubscribed.');
    if (answer.hangs) return hang(reply);
    if (answer.status !== undefined) {
      if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter);
      throw new RefusedError(answer.status, 'As it was asked to answer.');
    }
    const { headers, body } = request;
    const message = await receiveMessage(subscription, { headers, body, audience: originOf(request) });
    messages.add(message);
    return reply.code(201).header('location', `/messages/${message.id}`).send();
  });
}

function known(subscriptions: Subscriptions, id: string): Subscription {
  const subscription = subscriptions.find(id);
  if (!subscription) throw new RefusedError(404, 'There is no such subscription.');
  return subscription;
}

/** Leaves a request without an answer until its sender gives up. */
function hang(reply: FastifyReply): FastifyReply {
  return reply.hijack();
}

function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
