import { once } from 'node:events';

import type { Scenario } from '../scenario.ts';

export const webhookScenarios: readonly Scenario[] = [
  {
    name: 'webhooks-distorted',
    isOneProcess: true,
    inject: async ({ webhooks }, signal) => {
      const before = webhooks.distorted();
      webhooks.distort(true);
      if (!signal.aborted) await once(signal, 'abort');
      webhooks.distort(false);
      return webhooks.distorted() - before;
    },
  },
];
