import { CombinedGraphQLErrors } from '@apollo/client';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { runIntent } from './run-intent.ts';

const failure = (code: string): Error =>
  new CombinedGraphQLErrors({ data: null, errors: [{ message: code, extensions: { code } }] });

function world() {
  const kept = new Map<string, string>();
  const keys: string[] = [];
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
  const pause = async (): Promise<void> => {};
  const run = (input: unknown, ...outcomes: readonly (string | Error)[]) => {
    const left = [...outcomes];
    const send = async (key: string): Promise<string> => {
      keys.push(key);
      const next = left.shift();
      if (next instanceof Error) throw next;
      return next ?? 'done';
    };
    return runIntent('pay:1', input, send, pause);
  };
  return { run, keys, kept };
}

afterEach(() => vi.unstubAllGlobals());

describe('an intent', () => {
  it('has the same key again after a lost answer', async () => {
    const { run, keys } = world();
    await expect(run('a', new TypeError('Failed to fetch'))).rejects.toThrow('Failed to fetch');
    await expect(run('a')).resolves.toBe('done');
    expect(new Set(keys).size).toBe(1);
  });

  it('has another key once the answer is known, and with another input', async () => {
    const { run, keys, kept } = world();
    await run('a');
    expect(kept.size).toBe(0);
    await expect(run('a', new TypeError('lost'))).rejects.toThrow('lost');
    await run('b');
    expect(new Set(keys).size).toBe(3);
  });

  it('has one key when it is sent twice at once', async () => {
    const { run, keys } = world();
    await Promise.allSettled([run('a', new TypeError('lost')), run('a', new TypeError('lost'))]);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('leaves nothing of its input in the storage', async () => {
    const { run, kept } = world();
    await expect(run({ cardToken: 'tok_secret' }, new TypeError('lost'))).rejects.toThrow('lost');
    expect([...kept.values()]).toHaveLength(1);
    expect([...kept.values()].join()).not.toContain('tok_secret');
  });

  it('waits while its first request is running', async () => {
    const { run, keys } = world();
    await expect(run('a', failure('IDEMPOTENCY_IN_PROGRESS'), failure('IDEMPOTENCY_IN_PROGRESS'))).resolves.toBe(
      'done',
    );
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('begins anew with a key that was used for something else', async () => {
    const { run, keys } = world();
    await expect(run('a', failure('IDEMPOTENCY_KEY_REUSED'))).resolves.toBe('done');
    expect(new Set(keys).size).toBe(2);
  });
});
