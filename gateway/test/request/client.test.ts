import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { clientOf, clientAt } from '../../src/request/client.ts';

const NAME = 'apollographql-client-name';

test('client names are truncated', () => {
  const client = clientAt('192.0.2.1', 'u'.repeat(400));
  expect(client).toEqual({ address: '192.0.2.1', network: '192.0.2.1', userAgent: 'u'.repeat(300) });
  expect(clientOf({ [NAME]: 'ü'.repeat(200) }, client).name).toBe('ü'.repeat(100));
  expect(clientOf({ [NAME]: '' }, client).name).toBeUndefined();
});

test('a truncated name does not retain the whole string', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  const clients = Array.from({ length: 100 }, (_, n) =>
    clientOf({ [NAME]: `${n}${'x'.repeat(250_000)}`.normalize() }, clientAt('', undefined)),
  );
  expect(used() - before).toBeLessThan(5_000_000);
  expect(clients).toHaveLength(100);
});
