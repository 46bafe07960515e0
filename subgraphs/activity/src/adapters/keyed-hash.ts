import { createHash, createHmac } from 'node:crypto';

import type { KeyedHash } from '../domain/visitor.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Hashes texts with a key. */
export function keyedHash(key: Uint8Array): KeyedHash {
  return (text) => uuidOf(createHmac('sha256', key).update(text).digest('hex'));
}

/** The UUID of an id: itself where it is one, else made of it. */
export function eventIdOf(id: string): string {
  return UUID.test(id) ? id.toLowerCase() : uuidOf(createHash('sha256').update(id).digest('hex'));
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
