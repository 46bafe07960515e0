import { newCityId } from '@marquee/subgraph/ids';
import { expect, test } from 'vitest';

import { codeContent, readCodeContent } from './ticket-code.ts';

const keyId = 'abcd-_12';
const ticketId = newCityId('sao', 'tkt');

test.each([newCityId('sao', 'shw'), 'sao_shw_seed20261201v3_1_1'])('a code names a ticket of the show %s', (showId) => {
  const content = codeContent(keyId, { ticketId, showId, version: 3 });
  expect(readCodeContent(content)).toEqual({ keyId, ticketId, showId, version: 3 });
  // A signature and its dot take 87 more.
  expect(content.length).toBeLessThanOrEqual(160 - 87);
});

test('no code names what is not a show', () => {
  expect(() => codeContent(keyId, { ticketId, showId: 'sao_shw_a.b', version: 1 })).toThrow('cannot name');
  expect(readCodeContent(`MQ2.${keyId}.sao.short.~seed.1`)).toBeNull();
});
