import type { ApolloClient } from '@apollo/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { askServer } from './ask-server.ts';

const clientThat = (mutate: () => Promise<unknown>) => ({ mutate }) as unknown as ApolloClient;

beforeEach(() => vi.stubGlobal('navigator', { onLine: true }));
afterEach(() => vi.unstubAllGlobals());

it('waits no longer than its patience, whatever the answer waits for', async () => {
  const never = clientThat(() => new Promise(() => {}));
  await expect(askServer(never, 'shw_1', 'code', 20)).resolves.toBeUndefined();
});

it('decides as the server does', async () => {
  const scanTicket = { __typename: 'TicketAlreadyUsedError', usedAt: '2026-12-04T18:00:00Z' };
  const client = clientThat(async () => ({ data: { scanTicket } }));
  await expect(askServer(client, 'shw_1', 'code')).resolves.toMatchObject({
    outcome: 'ALREADY_USED',
    usedAt: '2026-12-04T18:00:00Z',
  });
});
