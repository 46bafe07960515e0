import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

import type { Inbox, ReceivedMail } from './inbox.ts';

const MAX_BYTES = 1_000_000;
/** Clients are on this machine; one that is gone must not keep the process from stopping. */
const CLOSE_TIMEOUT_MS = 500;

/** An SMTP server that accepts every mail and delivers none. */
export function smtpServer(inbox: Inbox, onError: (error: Error) => void): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    closeTimeout: CLOSE_TIMEOUT_MS,
    logger: false,
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
  const { from, subject = '', text = '' } = await simpleParser(stream);
  return {
    id: randomUUID(),
    from: from?.text ?? '',
    to: envelope.rcptTo.map(({ address }) => address.toLowerCase()),
    subject,
    text,
    receivedAt: new Date(),
  };
}
