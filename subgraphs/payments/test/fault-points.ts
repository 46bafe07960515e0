import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { whenDone } from '@marquee/testkit';

/** A fault at a step: the process dies before or after it takes effect, or waits for its answer in vain. */
export type Fault = 'crash before' | 'crash after' | 'time-out';

/** Stands between a process and a server, and does a fault at the first request that contains a text. */
export interface FaultPoint {
  readonly url: string;
  /** Cuts the process off for good, as the end of its machine would. */
  cut(): void;
  /** Resolves when the fault has happened. */
  readonly happened: Promise<void>;
}

/** Resolves once it is told to. */
function signal(): { readonly given: Promise<void>; give: () => void } {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}

/** The end of Postgres's answer to a statement. */
const READY = 'Z';

/** A fault at the first statement that contains `marker`. @param onCrash cuts off the process's other ways */
export async function databaseFault(
  target: string,
  marker: string,
  fault: Fault,
  onCrash: () => void,
): Promise<FaultPoint> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const happened = signal();
  let dead = false;
  let armed = true;
  const cut = (): void => {
    dead = true;
    for (const socket of sockets) socket.destroy();
  };
  const crash = (): void => {
    cut();
    onCrash();
    happened.give();
  };
  const server = createServer((client) => {
    if (dead) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    let struck = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => {
      if (armed && data.includes(marker)) {
        armed = false;
        if (fault === 'crash before') return crash();
        struck = true;
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (!struck) return void client.write(data);
      if (data.lastIndexOf(READY) !== data.length - 6) return;
      if (fault === 'crash after') crash();
      else happened.give();
    });
  });
  const url = new URL(target);
  url.port = await portOf(server);
  return { url: url.href, cut, happened: happened.given };
}

/** A fault at the first request to the provider. */
export async function providerFault(target: string, fault: Fault | null, onCrash: () => void): Promise<FaultPoint> {
  const happened = signal();
  let dead = false;
  let armed = fault !== null;
  const server = createHttpServer(async (request, response) => {
    const body = await text(request);
    const strikes = armed;
    armed = false;
    const crash = (): void => {
      dead = true;
      response.destroy();
      onCrash();
      happened.give();
    };
    if (dead) return response.destroy();
    if (strikes && fault === 'crash before') return crash();
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      ...(body && { body }),
    });
    const answered = await answer.text();
    if (strikes && fault === 'crash after') return crash();
    if (strikes) return happened.give();
    return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answered);
  });
  return {
    url: `http://127.0.0.1:${await portOf(server)}`,
    cut: () => {
      dead = true;
      server.closeAllConnections();
    },
    happened: happened.given,
  };
}

async function portOf(server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  whenDone(() => void server.close());
  return String((server.address() as AddressInfo).port);
}
