import { onTestFinished } from 'vitest';

import { type FreezableProxy, startProxy } from './tcp-proxy.ts';

/** Starts a proxy that stops with the test. @param target the server's URL, with its port */
export async function freezableProxy(target: string): Promise<FreezableProxy> {
  const proxy = await startProxy(target);
  onTestFinished(() => proxy.stop());
  return proxy;
}
