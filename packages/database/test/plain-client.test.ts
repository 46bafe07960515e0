import { scratchDatabase } from '@marquee/testkit';
import { expect, test } from 'vitest';

import { openPlainClient } from '../src/index.ts';

test('a transaction whose connection is lost fails with the reason, and the process goes on', async () => {
  const client = await openPlainClient((await scratchDatabase()).url);
  const lost = client.$transaction((tx) =>
    Promise.resolve(tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`),
  );
  await expect(lost).rejects.toThrow('terminating connection');
  await client.close();
});
