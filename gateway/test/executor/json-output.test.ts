import { expect, test } from 'vitest';
import { JsonOutput } from '../../src/executor/run/json-output.ts';

const PIECES = [
  'a',
  '"',
  '\\',
  '\n',
  '\u0000',
  '\u001f',
  ' ',
  '~',
  '\u007f',
  'é',
  '€',
  '😀',
  '\ud800',
  '\udc00',
  '\u2028',
];

const written = (output: JsonOutput, write: () => void): Buffer => {
  output.begin();
  write();
  return output.take();
};

test('strings of any length are valid JSON', () => {
  const output = new JsonOutput();
  for (const piece of PIECES) {
    for (const length of [0, 1, 39, 40, 41, 300]) {
      for (const text of [piece + 'x'.repeat(length), 'x'.repeat(length) + piece, piece.repeat(length)]) {
        const bytes = written(output, () => output.string(text));
        expect(bytes.toString()).toBe(Buffer.from(JSON.stringify(text)).toString());
      }
    }
  }
});

test('text is written in UTF-8 unchanged', () => {
  const output = new JsonOutput();
  for (const text of ['null', '12.5', '["é","😀"]', `["${'é'.repeat(100)}"]`]) {
    expect(written(output, () => output.text(text))).toEqual(Buffer.from(text));
  }
});

test('a rewind keeps the output before it', () => {
  const output = new JsonOutput();
  const bytes = written(output, () => {
    output.text('[1');
    const { length } = output;
    output.text(',2,3');
    output.rewind(length);
    output.text(']');
  });
  expect(bytes.toString()).toBe('[1]');
});

test('a taken response does not change when later ones exceed the slab', () => {
  const output = new JsonOutput();
  const sizes = [1, 100_000, 400_000, 100_000, 3_000_000, 5, 600_000];
  const taken = sizes.map((size, index) => written(output, () => output.string(String(index).repeat(size))));
  for (const [index, size] of sizes.entries()) expect(taken[index]?.toString()).toBe(`"${String(index).repeat(size)}"`);
});

test('an unfinished response is discarded', () => {
  const output = new JsonOutput();
  output.begin();
  output.text('{"half":');
  expect(written(output, () => output.text('{}')).toString()).toBe('{}');
});

test('only memory of recycled responses is reused', () => {
  const output = new JsonOutput();
  const kept: Buffer[] = [];
  const memory = new Set<ArrayBufferLike>();
  for (let n = 0; n < 1_000; n++) {
    const text = String(n % 10).repeat(30_000);
    const taken = written(output, () => output.string(text));
    expect(taken.equals(Buffer.from(`"${text}"`))).toBe(true);
    memory.add(taken.buffer);
    if (n % 100 === 7) kept.push(taken);
    else output.recycle(taken);
  }
  for (const taken of kept) expect(taken.equals(Buffer.from(`"${'7'.repeat(30_000)}"`))).toBe(true);
  expect(memory.size).toBeLessThan(20);
});
