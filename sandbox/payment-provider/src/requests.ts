import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Idempotency } from './charges.ts';
import { ApiError } from './errors.ts';

const text = z.string().min(1).max(200);
const amount = z.int().positive();

export const paymentMethodBody = z.strictObject({ token: text });

export const chargeBody = z.strictObject({
  amount,
  currency: z.string().regex(/^[A-Z]{3}$/),
  source: text,
  reference: text,
  returnUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  offSession: z.boolean().optional(),
  metadata: z.record(text, z.string().max(500)).default({}),
});

export const refundBody = z.strictObject({ amount, reference: text });

export const payoutBody = z.strictObject({
  amount,
  currency: z.string().regex(/^[A-Z]{3}$/),
  reference: text,
  destination: text,
});

export const idParams = z.object({ id: text });

/** How the payer ends a payment that requires action. */
export const actionQuery = z.object({ answer: z.enum(['confirm', 'decline', 'cancel']).default('confirm') });

const page = z.object({
  createdFrom: z.coerce.date(),
  createdTo: z.coerce.date(),
  after: text.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});

/** All that carry a reference, or a page. */
export const listQuery = z.union([z.object({ reference: text }), page]);

/** @throws {ApiError} 400, naming the first invalid field */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new ApiError(400, 'invalid_request', `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is wrong'}`);
}

/**
 * The identity of a request: its Idempotency-Key, path and body.
 *
 * @throws {ApiError} 400 without a key
 */
export function idempotencyOf(request: FastifyRequest, body: object): Idempotency {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '' || key.length > 200) {
    throw new ApiError(400, 'invalid_request', 'The Idempotency-Key header is missing or too long.');
  }
  const entries = Object.entries(body).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const requestHash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(entries)}`)
    .digest('base64url');
  return { key, requestHash };
}
