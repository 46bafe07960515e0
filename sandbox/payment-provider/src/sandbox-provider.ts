import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-sandbox-provider';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';

import { type ApiDeps, merchantRoutes, payerRoutes } from './api.ts';
import { type BackgroundLoop, startLoop } from './background-loop.ts';
import { type ChargesDeps, succeedLateCharges } from './charges.ts';
import { ApiError } from './errors.ts';
import { settlePayouts } from './payouts.ts';
import { deliverWebhooks, type WebhookEndpoint } from './webhook-delivery.ts';

/** The log of failures in the background. */
export interface SandboxLog {
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** The settings of the sandbox provider. */
export interface SandboxProviderDeps {
  /** The provider's database, already migrated. */
  readonly databaseUrl: string;
  /** The key that merchants send as `Authorization: Bearer <apiKey>`. */
  readonly apiKey: string;
  readonly webhook: WebhookEndpoint;
  /** The base URL for payers; the listening address by default. */
  readonly publicUrl?: string;
  readonly log: SandboxLog;
  readonly now?: () => Date;
  readonly timings?: Partial<SandboxTimings>;
}

/** The timings of the sandbox, in milliseconds. */
export interface SandboxTimings {
  /** The delay after the deadline until a `tok_late` charge succeeds. */
  readonly lateByMs: number;
  /** The time for which the first response to a `tok_flaky` charge is withheld. */
  readonly withholdMs: number;
  /** The time limit for a receiver to confirm a webhook. */
  readonly webhookTimeoutMs: number;
  /** The delay before an unconfirmed webhook is first retried. */
  readonly webhookRetryMs: number;
  /** How often due webhooks and charges are polled. */
  readonly pollMs: number;
}

const TIMINGS: SandboxTimings = {
  lateByMs: 2_000,
  withholdMs: 30_000,
  webhookTimeoutMs: 5_000,
  webhookRetryMs: 1_000,
  pollMs: 500,
};

/** A payment provider for development and tests: a real HTTP service that charges test cards. */
export interface SandboxProvider {
  /** Starts serving and delivering webhooks. @returns the URL */
  listen(options?: { readonly host?: string; readonly port?: number }): Promise<string>;
  /** Stops serving and delivering; withheld responses are dropped. */
  stop(): Promise<void>;
  /** The URL. @throws before `listen` */
  readonly url: string;
}

/**
 * Builds the sandbox provider. Charges and undelivered webhooks survive a restart, because they are in its database.
 */
export function buildSandboxProvider(deps: SandboxProviderDeps): SandboxProvider {
  const timings = { ...TIMINGS, ...deps.timings };
  const now = deps.now ?? (() => new Date());
  const client = connect(PrismaClient, { url: deps.databaseUrl, poolSize: 5, applicationName: 'sandbox-provider' });
  const stopping = new AbortController();
  let url: string | undefined;
  let loop: BackgroundLoop | undefined;
  const listeningAt = (): string => {
    if (url === undefined) throw new Error('The sandbox provider does not listen yet');
    return url;
  };
  const publicUrl = (): string => deps.publicUrl ?? listeningAt();
  const charges: ChargesDeps = { client, now, publicUrl, lateByMs: timings.lateByMs };
  const app = buildServer(
    {
      ...charges,
      apiKey: deps.apiKey,
      onChange: () => loop?.kick(),
      withhold: () => delay(timings.withholdMs, undefined, { signal: stopping.signal }).catch(() => undefined),
    },
    deps.log,
  );
  const { webhookTimeoutMs: timeoutMs, webhookRetryMs: firstRetryMs } = timings;
  const work = async (): Promise<number> =>
    (await succeedLateCharges(charges)) +
    (await settlePayouts(charges)) +
    (await deliverWebhooks({ client, endpoint: deps.webhook, now, timeoutMs, firstRetryMs }));

  return {
    listen: async ({ host = '127.0.0.1', port = 0 } = {}) => {
      url = await app.listen({ host, port });
      loop = startLoop(work, timings.pollMs, (err) => deps.log.error({ err }, 'webhook delivery failed'));
      return url;
    },
    stop: async () => {
      stopping.abort();
      await loop?.stop();
      await app.close();
      await client.$disconnect();
    },
    get url() {
      return listeningAt();
    },
  };
}

function buildServer(deps: ApiDeps, log: SandboxLog): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.setErrorHandler<FastifyError | ApiError>((error, _request, reply) => {
    const status = error instanceof ApiError ? error.status : (error.statusCode ?? 500);
    if (status < 500) return reply.code(status).send({ error: { code: error.code, message: error.message } });
    log.error({ err: error }, 'the sandbox provider failed');
    return reply.code(500).send({ error: { code: 'internal', message: 'Something went wrong.' } });
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.register((scope) => merchantRoutes(scope, deps));
  app.register((scope) => payerRoutes(scope, deps));
  return app;
}
