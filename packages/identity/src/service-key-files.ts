import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ReadServiceKeys, ServiceKey } from './service-keys.ts';

/** How long keys are used before the file is looked at again. An unknown key id causes a look at once. */
const LOOK_EVERY_MS = 1_000;

const keySet = z.object({
  keys: z.array(
    z.looseObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string().min(1),
      service: z.string().min(1),
      nbf: z.int(),
      exp: z.int().optional(),
    }),
  ),
});

/** The file with everybody's public keys. */
export function publicKeysFile(folder: string): string {
  return join(folder, 'services.json');
}

/** The file with one service's private keys, which only that service reads. */
export function privateKeysFile(folder: string, service: string): string {
  return join(folder, `${service}.private.json`);
}

/** @throws when the file is missing or is no JSON Web Key Set of services' keys */
export function readServiceKeyFile(path: string): ServiceKey[] {
  const { data, error } = keySet.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!data) throw new Error(`${path} is no key set of services: ${z.prettifyError(error)}`);
  return data.keys as ServiceKey[];
}

export interface ServiceKeyFileOptions {
  readonly now?: () => number;
  /** Called when a changed file cannot be read; the keys read before stay in use. */
  readonly onError?: (error: unknown) => void;
}

/**
 * The keys in a file, which are read again when it changes.
 *
 * @throws when the file cannot be read at first
 */
export function serviceKeysIn(path: string, options: ServiceKeyFileOptions = {}): ReadServiceKeys {
  const { now = Date.now, onError = () => undefined } = options;
  let version = versionOf(path);
  let keys = readServiceKeyFile(path);
  let lookedAt = now();
  const look = (): void => {
    lookedAt = now();
    try {
      const current = versionOf(path);
      if (current === version) return;
      keys = readServiceKeyFile(path);
      version = current;
    } catch (error) {
      onError(error);
    }
  };
  return (fresh = false) => {
    if (fresh || now() - lookedAt >= LOOK_EVERY_MS) look();
    return keys;
  };
}

function versionOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path);
  return [mtimeMs, size, ino].join(' ');
}
