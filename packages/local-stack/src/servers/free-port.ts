import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections, any of which could take one before it is listened on. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const TRIES = 50;

/**
 * A port of the host that nobody listens on at this moment.
 *
 * @param wanted - given back when it is free, else any other is
 * @throws when none is free
 */
export async function freePort(host = '127.0.0.1', wanted = anyPort()): Promise<number> {
  for (let port = wanted, tries = 1; ; port = anyPort(), tries++) {
    try {
      await listenOn(host, port);
      return port;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

function anyPort(): number {
  return LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
}

async function listenOn(host: string, port: number): Promise<void> {
  const probe = createServer();
  probe.listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
