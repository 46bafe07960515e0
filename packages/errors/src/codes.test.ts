import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { ERROR_CODES } from './codes.ts';

test('docs/errors.md lists exactly the codes of the table', () => {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const expected = Object.entries(ERROR_CODES).map(([code, { status, description, message, passesGateway }]) => [
    `\`${code}\``,
    String(status),
    description,
    message,
    passesGateway ? 'yes' : 'no',
  ]);
  expect(cells).toEqual(expected);
});
