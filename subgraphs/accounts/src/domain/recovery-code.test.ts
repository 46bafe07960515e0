import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

import { newRecoveryCodes, normalizeRecoveryCode } from './recovery-code.ts';

test('ten distinct codes are generated, in groups that are easy to read out', () => {
  const codes = newRecoveryCodes(randomBytes);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
});

test('a code is recognized however it is typed, and a different code is not', () => {
  const code = normalizeRecoveryCode('0a1b-2c3d-4e5f-6g7h');
  for (const typed of ['OA1B 2C3D 4E5F 6G7H', '0a1b2c3d4e5f6g7h', 'oalb-2c3d-4e5f-6g7h', 'oaib-2c3d-4e5f-6g7h']) {
    expect(normalizeRecoveryCode(typed)).toBe(code);
  }
  expect(normalizeRecoveryCode('0a1b-2c3d-4e5f-6g7j')).not.toBe(code);
});
