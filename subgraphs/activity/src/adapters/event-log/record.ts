import { crc32 } from 'node:zlib';

/** Length and checksum, 32 bits each. */
const HEADER_BYTES = 8;

/** A record of a segment: the length of its payload, the payload's CRC-32, the payload. */
export function encodeRecord(payload: Buffer): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt32LE(crc32(payload), 4);
  return Buffer.concat([header, payload]);
}

export interface ReadRecords {
  readonly payloads: readonly Buffer[];
  /** The bytes after the last whole record: one that was being written when its process or machine stopped. */
  readonly tornBytes: number;
}

/** The payloads of a segment, up to the first record that is not whole. */
export function readRecords(segment: Buffer): ReadRecords {
  const payloads: Buffer[] = [];
  let position = 0;
  while (segment.length - position >= HEADER_BYTES) {
    const length = segment.readUInt32LE(position);
    const start = position + HEADER_BYTES;
    if (length === 0 || length > segment.length - start) break;
    const payload = segment.subarray(start, start + length);
    if (crc32(payload) !== segment.readUInt32LE(position + 4)) break;
    payloads.push(payload);
    position = start + length;
  }
  return { payloads, tornBytes: segment.length - position };
}
