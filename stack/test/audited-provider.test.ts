import { expect, test } from 'vitest';

import { auditedProvider } from '../src/audited-provider.ts';

const key = { PAYMENTS_PROVIDER_API_KEY: 'sk_test_of_32_characters_and_more' };

test('the ledger is compared with the provider that payments uses, and never with another one', () => {
  const named = (environment: NodeJS.ProcessEnv) => {
    const provider = auditedProvider({ ...key, ...environment });
    provider.close();
    return provider.name;
  };
  expect(named({})).toBe('sandbox');
  expect(named({ PAYMENTS_PROVIDER: 'stripe' })).toBe('stripe');
  expect(() => named({ PAYMENTS_PROVIDER: 'adyen' })).toThrow('Set PAYMENTS_PROVIDER to sandbox or stripe');
  expect(() => auditedProvider({ PAYMENTS_PROVIDER: 'stripe' })).toThrow('Set PAYMENTS_PROVIDER_API_KEY');
});
