import type { AddressInfo } from 'node:net';
import { sendPage, textOf } from '@marquee/sandbox-pages';
import fastify, { type FastifyInstance } from 'fastify';

import { Inbox } from './inbox.ts';
import { inboxPage, mailPage } from './pages.ts';
import { smtpServer } from './smtp.ts';

const LOOPBACK = '127.0.0.1';
/** The HTML of a mail runs no script and loads nothing; its links open elsewhere. */
const HTML_PART = {
  'content-security-policy':
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
};

export interface SandboxMailPorts {
  readonly smtpPort?: number;
  /** The port of the inbox in the browser. */
  readonly port?: number;
}

/** The addresses of a running sandbox. */
export interface SandboxMailAddresses {
  /** Where programs send mail. */
  readonly smtpUrl: string;
  /** Where people read it. */
  readonly url: string;
}

/** A mail server for development and tests: SMTP that keeps every mail, and an inbox in the browser. */
export interface SandboxMail {
  /** Starts both servers, on this machine only: mails carry secrets. */
  listen(ports?: SandboxMailPorts): Promise<SandboxMailAddresses>;
  stop(): Promise<void>;
}

export interface SandboxMailDeps {
  readonly log: { error(fields: Readonly<Record<string, unknown>>, message: string): void };
}

export function buildSandboxMail({ log }: SandboxMailDeps): SandboxMail {
  const inbox = new Inbox();
  const smtp = smtpServer(inbox, (err) => log.error({ err }, 'the sandbox mail server failed'));
  const app = inboxServer(inbox);
  return {
    listen: async ({ smtpPort = 0, port = 0 } = {}) => {
      const bound = await new Promise<number>((resolve, reject) => {
        smtp.server.once('error', reject);
        const server = smtp.listen(smtpPort, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
      });
      return { smtpUrl: `smtp://${LOOPBACK}:${bound}`, url: await app.listen({ host: LOOPBACK, port }) };
    },
    stop: async () => {
      await app.close();
      await new Promise<void>((resolve) => smtp.close(resolve));
    },
  };
}

function inboxServer(inbox: Inbox): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get<{ Querystring: { to?: unknown } }>('/', async ({ query }, reply) => {
    const to = textOf(query.to)?.trim();
    return sendPage(reply, inboxPage(inbox.list(to), to));
  });
  app.get<{ Params: { id: string } }>('/mails/:id', async ({ params }, reply) => {
    const mail = inbox.find(params.id);
    return mail ? sendPage(reply, mailPage(mail)) : reply.code(404).send({ error: 'There is no such mail any more.' });
  });
  app.get<{ Params: { id: string } }>('/mails/:id/html', async ({ params }, reply) => {
    const html = inbox.find(params.id)?.html;
    if (!html) return reply.code(404).send({ error: 'There is no such mail any more, or it has no HTML part.' });
    return reply
      .type('text/html; charset=utf-8')
      .headers({ 'cache-control': 'no-store', ...HTML_PART })
      .send(html);
  });
  app.get<{ Querystring: { to?: string } }>('/mails.json', async ({ query }) => inbox.list(query.to));
  return app;
}
