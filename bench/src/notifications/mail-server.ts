import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** The time that a slow mail server takes for a mail. */
const ANSWER_MS = 100;

/** A mail server that takes everything, slowly. */
export interface MailServer {
  readonly url: string;
  /** When the first mail arrived for each person, whose addresses are `<person>@example.com`, by `performance.now()`. */
  readonly arrivals: ReadonlyMap<string, number>;
  stop(): void;
}

export async function startMailServer(): Promise<MailServer> {
  const arrivals = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, { envelope }, callback) => {
      stream.resume().on('end', () => {
        for (const { address } of envelope.rcptTo) {
          const person = address.slice(0, address.indexOf('@'));
          if (!arrivals.has(person)) arrivals.set(person, performance.now());
        }
        void pause(ANSWER_MS).then(() => callback());
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, arrivals, stop: () => server.close() };
}
