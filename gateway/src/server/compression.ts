import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

export interface CompressionSettings {
  /** Smaller responses are sent as they are. */
  readonly minBytes: number;
}

export const DEFAULT_COMPRESSION: CompressionSettings = { minBytes: 1_024 };

/** Measured by `npm run bench -- compression`: higher levels take up to twice the time for a few percent less. */
const BROTLI_QUALITY = 4;

/**
 * Compresses responses with br or gzip, as the client accepts.
 *
 * Streamed responses are sent as they are, because a compressor would hold events back.
 */
export async function compressResponses(app: FastifyInstance, { minBytes }: CompressionSettings): Promise<void> {
  await app.register(compress, {
    threshold: minBytes,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    // A small compressed request could become a huge body.
    globalDecompression: false,
  });
}
