import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

import type { Inbox, ReceivedMail } from './inbox.ts';

/** Addresses that bounce, to try out what happens then. */
const BOUNCING = '@bounce.test';
const MAX_BYTES = 1_000_000;
/** Clients are on this machine; one that is gone must not keep the process from stopping. */
const CLOSE_TIMEOUT_MS = 500;

/** An SMTP server that accepts mail to every address but those at `bounce.test`, and delivers none. */
export function smtpServer(inbox: Inbox, onError: (error: Error) => void): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      const isThere = !address.toLowerCase().endsWith(BOUNCING);
      callback(isThere ? null : Object.assign(new Error('5.1.1 No such mailbox'), { responseCode: 550 }));
    },
    onData: (stream, session, callback) => {
      receive(stream, session).then(
        (mail) => {
          inbox.add(mail);
          callback();
        },
        (error: Error) => callback(error),
      );
    },
  });
  server.on('error', onError);
  return server;
}

async function receive(stream: Readable, { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  // Loaded with the first mail: most starts of a stack receive none.
  const { simpleParser } = await import('mailparser');
  const { from, subject = '', text = '', html, headerLines } = await simpleParser(stream);
  return {
    id: randomUUID(),
    from: from?.text ?? '',
    to: envelope.rcptTo.map(({ address }) => address.toLowerCase()),
    subject,
    text,
    html: html || null,
    headers: Object.fromEntries(headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()])),
    receivedAt: new Date(),
  };
}
