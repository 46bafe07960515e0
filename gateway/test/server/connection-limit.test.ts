import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';

/** A connection from an address of this machine; `isOpen` asks for something over it. */
async function connectFrom(localAddress: string, { url }: GatewayUnderTest) {
  const socket: Socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  const isOpen = async (): Promise<boolean> => {
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
  };
  return { socket, isOpen };
}

// macOS has no other addresses of the loopback network.
test.skipIf(process.platform === 'darwin')(
  'connections of a network beyond its limit are closed; other networks connect, and a closed one makes room',
  async () => {
    const under = await startGateway({ settings: { maxConnectionsPerNetwork: 2 } });
    const [first, second] = [await connectFrom('127.0.0.2', under), await connectFrom('127.0.0.2', under)];
    expect([await first.isOpen(), await second.isOpen()]).toEqual([true, true]);
    expect(await (await connectFrom('127.0.0.2', under)).isOpen()).toBe(false);
    expect(await (await connectFrom('127.0.0.3', under)).isOpen()).toBe(true);
    expect(await first.isOpen()).toBe(true);
    second.socket.destroy();
    await expect.poll(async () => (await connectFrom('127.0.0.2', under)).isOpen()).toBe(true);
  },
);

test.skipIf(process.platform === 'darwin')('behind a proxy its connections are not limited', async () => {
  const under = await startGateway({ settings: { maxConnectionsPerNetwork: 1, trustedProxies: 1 } });
  expect(await (await connectFrom('127.0.0.2', under)).isOpen()).toBe(true);
  expect(await (await connectFrom('127.0.0.2', under)).isOpen()).toBe(true);
});
