import { expect, test } from 'vitest';

import { resetText, verificationText } from './mail-texts.ts';

test.each(['https://shop.example', 'https://shop.example/'])(
  'a mail leads to a page of the storefront %s',
  (storefront) => {
    const verification = verificationText('verify_1', storefront).text;
    expect(verification).toContain('\nhttps://shop.example/verify-email#token=verify_1\n');
    const reset = resetText('reset_1', storefront).text;
    expect(reset).toContain('\nhttps://shop.example/reset-password#token=reset_1\n');
  },
);

test('without a storefront a mail has the code alone', () => {
  expect(resetText('reset_1', undefined).text).toMatch(/with this code:\n\nreset_1\n/);
});
