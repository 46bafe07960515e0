import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port of the host that nobody listens on at this moment.
 *
 * @param wanted - given back when it is free, else any other is
 */
export async function freePort(host = '127.0.0.1', wanted = 0): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(wanted, host);
    await once(probe, 'listening');
  } catch (error) {
    if (wanted === 0) throw error;
    return freePort(host);
  }
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
