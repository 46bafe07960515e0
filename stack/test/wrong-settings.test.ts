import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildPrograms, runNode } from './stack-process.ts';

beforeAll(buildPrograms);

const GATEWAY = {
  REDIS_URL: 'redis://127.0.0.1:1',
  JWKS_URL: 'http://127.0.0.1:1/.well-known/jwks.json',
  SERVICE_KEY_FILE: fileURLToPath(import.meta.url),
  LOG_LEVEL: 'silent',
};

/** Runs a built program to its end. @returns its output */
async function outputOf(program: string, variables: Record<string, string>, args: string[] = []): Promise<string> {
  const file = fileURLToPath(new URL(`../../dist/${program}.mjs`, import.meta.url));
  const run = runNode(file, variables, args);
  onTestFinished(() => void run.process.kill('SIGKILL'));
  expect(await run.ended()).toBe(1);
  return run.output();
}

test('a program with a wrong setting ends with one line that says what to set', async () => {
  expect(await outputOf('gateway', { ...GATEWAY, TLS_CERT_FILE: '/tls/cert.pem' })).toBe(
    'Set both TLS_CERT_FILE and TLS_KEY_FILE, or neither.\n',
  );
  expect(await outputOf('subgraph', { PORT: 'high' }, ['booking'])).toMatch(/^(Set [^\n]+\n)+$/);
  expect(await outputOf('sandbox-provider', { SANDBOX_PROVIDER_PORT: 'high' })).toMatch(/^(Set [^\n]+\n)+$/);
});

test('so does a gateway whose TLS files are missing or are no certificate', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'no.pem');
  writeFileSync(file, 'no certificate');
  for (const path of ['/nowhere.pem', file]) {
    const output = await outputOf('gateway', { ...GATEWAY, TLS_CERT_FILE: path, TLS_KEY_FILE: path });
    expect(output).toMatch(/^Set TLS_CERT_FILE and TLS_KEY_FILE to a certificate and its key: [^\n]+\n$/);
  }
});
