import type { WebSocket } from 'ws';

import { anonymous, type Attack, repeat, type Target } from './attack.ts';
import { Tally } from './tally.ts';
import { firstOutcome, openSocket } from './transports.ts';

const SOCKETS = 600;
const LOOPS = 20;
const SEATS = 'subscription ($showId: ID!) { seatMapChanged(showId: $showId) { version } }';

/** Six hundred sockets of one network, each with a subscription, all kept open. */
export const manySockets: Attack = {
  name: 'many-sockets',
  run: async (target, signal) => {
    const tally = new Tally();
    const opened: WebSocket[] = [];
    const isOpen = (socket: WebSocket) => socket.readyState === socket.OPEN;
    await repeat(tally, signal, LOOPS, async () => {
      if (opened.filter(isOpen).length >= SOCKETS) return [];
      const socket = await openSocket(anonymous(target));
      if (socket === undefined) return ['SOCKET REFUSED'];
      opened.push(socket);
      socket.once('close', (code: number) => tally.add([`CLOSED ${code}`]));
      socket.send(subscribe(target, `${opened.length}`));
      return [];
    });
    tally.add(opened.filter(isOpen).map(() => 'OPEN AT ONCE'));
    for (const socket of opened) socket.removeAllListeners('close').terminate();
    return tally;
  },
};

/** Subscriptions under ids of a quarter of a megabyte, which every event would repeat. */
export const longIds: Attack = {
  name: 'long-ids',
  run: (target, signal) =>
    repeat(new Tally(), signal, 4, async () => {
      const socket = await openSocket(anonymous(target));
      if (socket === undefined) return ['SOCKET REFUSED'];
      socket.send(subscribe(target, 'x'.repeat(250_000)));
      const outcome = await Promise.race([firstOutcome(socket), accepted(socket)]);
      socket.terminate();
      return outcome;
    }),
};

/** Pings, as many as fit. */
export const pings: Attack = {
  name: 'pings',
  run: (target, signal) =>
    repeat(new Tally(), signal, 4, async () => {
      const socket = await openSocket(anonymous(target));
      if (socket === undefined) return ['SOCKET REFUSED'];
      for (let sent = 0; sent < 2_000 && socket.readyState === socket.OPEN; sent += 1) socket.send('{"type":"ping"}');
      const outcome = await Promise.race([closed(socket), answered(socket, 2_000)]);
      socket.terminate();
      return outcome;
    }),
};

function subscribe({ show }: Target, id: string): string {
  return JSON.stringify({ type: 'subscribe', id, payload: { query: SEATS, variables: { showId: show.id } } });
}

/** Messages are handled in order: once a ping is answered, what came before it was accepted. */
async function accepted(socket: WebSocket): Promise<readonly string[]> {
  socket.send('{"type":"ping"}');
  return answered(socket, 1, 'ACCEPTED');
}

function answered(socket: WebSocket, pongs: number, outcome = 'ALL ANSWERED'): Promise<readonly string[]> {
  let left = pongs;
  return new Promise((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (!data.toString().includes('"pong"')) return;
      left -= 1;
      if (left === 0) resolve([outcome]);
    });
  });
}

function closed(socket: WebSocket): Promise<readonly string[]> {
  return new Promise((resolve) => socket.once('close', (code: number) => resolve([`CLOSED ${code}`])));
}
