import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { clientOf, deviceOf } from '../../src/server/context.ts';

const NAME = 'apollographql-client-name';

test('names that clients give themselves are kept short', () => {
  const device = deviceOf('192.0.2.1', 'u'.repeat(400));
  expect(device).toEqual({ address: '192.0.2.1', userAgent: 'u'.repeat(300) });
  expect(clientOf({ [NAME]: 'ü'.repeat(200) }, device).name).toBe('ü'.repeat(100));
  expect(clientOf({ [NAME]: '' }, device).name).toBeUndefined();
});

test('nothing is kept of the rest of a long name', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  const clients = Array.from({ length: 100 }, (_, n) =>
    clientOf({ [NAME]: `${n}${'x'.repeat(250_000)}`.normalize() }, deviceOf('', undefined)),
  );
  expect(used() - before).toBeLessThan(5_000_000);
  expect(clients).toHaveLength(100);
});
