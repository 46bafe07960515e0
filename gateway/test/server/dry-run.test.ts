import { expect, test } from 'vitest';
import { startGateway } from './gateway-under-test.ts';

test('a dry run withholds nothing and logs the unauthorised fields', async () => {
  const warned: object[] = [];
  const log = { debug: () => {}, info: () => {}, warn: (fields: object) => void warned.push(fields), error: () => {} };
  const { ask } = await startGateway({ settings: { authorization: 'dry-run' }, log });
  const { body } = await ask('query Money { shows(first: 1) { earnings } }');
  expect([body.errors, body.data]).toEqual([undefined, { shows: [{ earnings: 1000 }, { earnings: 1000 }] }]);
  expect(warned).toEqual([{ operationName: 'Money', paths: ['shows.earnings'] }]);
});
