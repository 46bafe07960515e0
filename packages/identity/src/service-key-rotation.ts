import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { privateKeysFile, publicKeysFile, readServiceKeyFile } from './service-key-files.ts';
import { newServiceKey, publicPart, type ServiceKey } from './service-keys.ts';
import { CLOCK_SKEW_SECONDS, SERVICE_TOKEN_SECONDS } from './service-tokens.ts';

export interface RotationOptions {
  /** The folder of the key files. */
  readonly folder: string;
  readonly service: string;
  /** The time that all services need to get the new public key, seconds; the old key signs until then. */
  readonly overlapSeconds: number;
  readonly now?: () => number;
}

/**
 * Makes a new key of a service. Its former key goes on signing during the overlap and is accepted until its last token has
 * expired, so no call is refused. Keys that are no longer accepted are removed.
 *
 * The public file is written first: nobody signs with a key that it does not have.
 *
 * @throws when the service has no key here, or another rotation is under way
 */
export function rotateServiceKey({ folder, service, overlapSeconds, now = Date.now }: RotationOptions): ServiceKey {
  requireKey(privateKeysFile(folder, service), { folder, service });
  const at = Math.floor(now() / 1_000);
  return exclusively(folder, () => addKey({ folder, service, at, signsFrom: at + overlapSeconds }));
}

/**
 * Replaces all keys of a service at once, because one is known to others. Calls fail until its processes have the new one.
 *
 * @throws when the service has no key here, or a rotation is under way
 */
export function revokeServiceKeys({ folder, service, now = Date.now }: Omit<RotationOptions, 'overlapSeconds'>) {
  requireKey(publicKeysFile(folder), { folder, service });
  return exclusively(folder, () => {
    const key = newServiceKey(service, Math.floor(now() / 1_000) - CLOCK_SKEW_SECONDS);
    const others = keysIn(publicKeysFile(folder)).filter((each) => each.service !== service);
    write(publicKeysFile(folder), [...others, publicPart(key)], 0o644);
    write(privateKeysFile(folder, service), [key], 0o600);
    return key;
  });
}

/** Makes keys for those services that have none. */
export function ensureServiceKeys(folder: string, services: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const at = Math.floor(Date.now() / 1_000);
  for (const service of services) {
    if (existsSync(privateKeysFile(folder, service))) continue;
    exclusively(folder, () => addKey({ folder, service, at, signsFrom: at - CLOCK_SKEW_SECONDS }));
  }
}

interface NewKey {
  readonly folder: string;
  readonly service: string;
  /** The current time; it and `signsFrom` are Unix seconds. */
  readonly at: number;
  readonly signsFrom: number;
}

/** The former keys are accepted until the last token that they sign has expired. */
function addKey({ folder, service, at, signsFrom }: NewKey): ServiceKey {
  const key = newServiceKey(service, signsFrom);
  const last = signsFrom + SERVICE_TOKEN_SECONDS + 2 * CLOCK_SKEW_SECONDS;
  const retired = (each: ServiceKey): ServiceKey => (each.service === service ? { exp: last, ...each } : each);
  const isAccepted = ({ exp }: ServiceKey): boolean => exp === undefined || exp > at;
  const remaining = keysIn(publicKeysFile(folder)).map(retired).filter(isAccepted);
  const known = new Set(remaining.map(({ kid }) => kid));
  const held = keysIn(privateKeysFile(folder, service)).filter(({ kid }) => known.has(kid));
  write(publicKeysFile(folder), [...remaining, publicPart(key)], 0o644);
  write(privateKeysFile(folder, service), [...held, key], 0o600);
  return key;
}

/** A new key in a folder that no service reads would look like a rotation and change nothing. */
function requireKey(file: string, { folder, service }: Pick<NewKey, 'folder' | 'service'>): void {
  if (keysIn(file).some((key) => key.service === service)) return;
  throw new Error(
    `${folder} has no key of ${service}. Name the folder with its keys, or make them by npm run service-keys -- create.`,
  );
}

function keysIn(path: string): ServiceKey[] {
  return existsSync(path) ? readServiceKeyFile(path) : [];
}

/** Two rotations at a time would each lose the other's key. */
function exclusively<Result>(folder: string, work: () => Result): Result {
  const lock = `${publicKeysFile(folder)}.lock`;
  try {
    writeFileSync(lock, '', { flag: 'wx' });
  } catch (cause) {
    throw new Error(`Keys in ${folder} are being changed. If no other command is running, delete ${lock}.`, { cause });
  }
  try {
    return work();
  } finally {
    rmSync(lock);
  }
}

function write(path: string, keys: readonly ServiceKey[], mode: number): void {
  writeFileSync(`${path}.new`, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode });
  renameSync(`${path}.new`, path);
}
