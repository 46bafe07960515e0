import { expect, test } from 'vitest';

import { settings } from '../settings.ts';
import { openProvider } from './open-provider.ts';

const open = (change: object): string => {
  const given = { providerUrl: 'https://api.stripe.com', providerWebhookSecret: 'whsec_of_32_characters_or_so_1234' };
  const provider = openProvider(settings.parse({ ...given, providerApiKey: `sk_test_${'k'.repeat(32)}`, ...change }));
  provider.close();
  return provider.name;
};

test('the settings choose the provider, the sandbox when they do not', () => {
  expect(open({})).toBe('sandbox');
  const accounts = { stripeAccounts: 'org_1=acct_1,org_2=acct_2' };
  expect(open({ provider: 'stripe', returnOrigins: 'https://tickets.example', ...accounts })).toBe('stripe');
});

test.each([
  [{ provider: 'stripe' }, 'Set PAYMENTS_RETURN_ORIGINS'],
  [{ provider: 'stripe', providerApiKey: 'x'.repeat(32) }, 'Set PAYMENTS_PROVIDER_API_KEY'],
  [{ providerApiKey: `sk_live_${'k'.repeat(32)}` }, 'Set PAYMENTS_PROVIDER to stripe'],
  [{ provider: 'stripe', stripeAccounts: 'org_1' }, 'such as org_1=acct_1'],
  [{ returnOrigins: 'https://tickets.example/path' }, 'origins separated by commas'],
  [{ returnOrigins: 'http://tickets.example' }, 'origins separated by commas'],
])('%j is refused, naming what to set', (change, message) => {
  expect(() => open(change)).toThrow(message);
});
