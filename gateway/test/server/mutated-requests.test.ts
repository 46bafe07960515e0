import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startGateway } from './gateway-under-test.ts';

const OPERATIONS = [
  '{ shows(first: 2) { id title available earnings } broken }',
  'query Q($n: Int!, $on: Boolean = true) { shows(first: $n) { ...F @include(if: $on) } } fragment F on Show { t: title }',
  'mutation { rename(id: "s1", title: "Lear") { id title } }',
  'subscription { countdown(from: 2) }',
  '{ secret mine { id show { title } } __typename }',
];
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '"""',
  '\\u0000',
  '...',
  '@skip(if: $x)',
  'on',
  '$',
  '!',
  '[',
  '1e999',
  '#',
  '\u{1F3AD}',
  '__proto__',
  'fragment F on Show { ...F }',
  '-1',
  'null',
  '🎟',
  '\n',
  '__schema { types { name } }',
];

/** A seeded random generator, so that failures are reproducible. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function mutated(text: string, random: () => number): string {
  let result = text;
  const times = 1 + Math.floor(random() * 3);
  for (let n = 0; n < times; n++) {
    const at = Math.floor(random() * result.length);
    const length = Math.floor(random() * 8);
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
    result =
      [
        () => result.slice(0, at) + result.slice(at + length),
        () => result.slice(0, at) + piece + result.slice(at),
        () => result.slice(0, at) + result.slice(at, at + length).repeat(3) + result.slice(at),
      ][Math.floor(random() * 3)]?.() ?? result;
  }
  return result;
}

/** Text that would reveal internals. */
const LEAKS = /password|TypeError|swordfish|node_modules|\.ts:\d|at async/;

test('1,000 mutated operations and bodies get responses that reveal no internals', { timeout: 120_000 }, async () => {
  const { url, ask } = await startGateway({ settings: { rateLimits: false } });
  const random = randomFrom(20_260);
  for (let n = 0; n < 1_000; n++) {
    const operation = OPERATIONS[n % OPERATIONS.length] ?? '';
    const body =
      n % 3 === 0
        ? mutated(JSON.stringify({ query: operation, variables: { n: 2 } }), random)
        : JSON.stringify({ query: mutated(operation, random), variables: { n: 2 } });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const text = await response.text();
    expect(response.status, `${n}: ${body} → ${text}`).toBeLessThan(500);
    expect(text, `${n}: ${body}`).not.toMatch(LEAKS);
    expect(() => JSON.parse(text), `${n}: ${body} → ${text}`).not.toThrow();
  }
  expect((await ask('{ shows { id } }')).status).toBe(200);
});

test('500 mutated socket messages reveal no internals and do not stop the server', { timeout: 120_000 }, async () => {
  const { socketUrl, ask } = await startGateway({ settings: { rateLimits: false } });
  const random = randomFrom(7);
  const received: string[] = [];
  for (let n = 0; n < 500; n++) {
    const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
    socket.on('message', (data) => received.push(String(data)));
    await new Promise((resolve) => socket.on('open', resolve));
    const query = mutated(OPERATIONS[n % OPERATIONS.length] ?? '', random);
    const message = JSON.stringify({ id: 'x', type: 'subscribe', payload: { query, variables: { n: 1 } } });
    socket.send('{"type":"connection_init"}');
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(n % 2 === 0 ? message : mutated(message, random));
    socket.send('{"type":"ping"}');
    await new Promise((resolve) => {
      socket.on('close', resolve);
      socket.on('message', (data) => String(data).includes('pong') && resolve(undefined));
    });
    socket.terminate();
  }
  expect(received.join('\n')).not.toMatch(LEAKS);
  expect((await ask('{ shows { id } }')).status).toBe(200);
});
