import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that takes everything. */
export interface MailServer {
  readonly url: string;
  /** The number of mails that arrived for each person, whose addresses are `<person>@example.com`. */
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
          arrivals.set(person, (arrivals.get(person) ?? 0) + 1);
        }
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, arrivals, stop: () => server.close() };
}
