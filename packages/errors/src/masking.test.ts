import { expect, test } from 'vitest';

import { answerHttpError } from './http-errors.ts';
import { badInput, CodedError, isCoded, maskError, passesGateway, rateLimited, unavailable } from './index.ts';

const MASKED = {
  message: 'Something went wrong on our side. Try again later.',
  extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: 'trace-1' },
};

test('an error with a public code is shown, without internal extensions', () => {
  const error = Object.assign(badInput('input.name', 'Enter a name.'), { path: ['rename'] });
  expect(maskError(error, 'trace-1')).toEqual({
    message: 'Enter a name.',
    path: ['rename'],
    extensions: { code: 'BAD_USER_INPUT', field: 'input.name' },
  });
  const internals = { code: 'FORBIDDEN', http: { status: 200 }, stacktrace: ['at secret.ts'], traceId: 'theirs' };
  expect(maskError({ message: 'No.', extensions: internals }).extensions).toEqual({ code: 'FORBIDDEN' });
});

test.each([
  ['an error without a code', new TypeError('cannot read password of undefined')],
  ['a code of another library', { message: 'secret', extensions: { code: 'P2025', traceId: 'theirs' } }],
  ['an error of the file system', Object.assign(new Error('no such file'), { code: 'ENOENT', path: '/etc/secret' })],
  ['INTERNAL_SERVER_ERROR itself', { message: 'secret', extensions: { code: 'INTERNAL_SERVER_ERROR', sql: 'secret' } }],
  ['what is no error', 'secret'],
  ['nothing', undefined],
])('%s shows the trace id and nothing else', (_what, error) => {
  expect(maskError(error, 'trace-1')).toEqual(MASKED);
});

test('a masked error keeps its path, and its trace id when no other is given', () => {
  const masked = { ...MASKED, path: ['shows', 0] };
  expect(maskError(masked)).toEqual(masked);
});

test('Apollo Server’s codes are translated to those of the contract', () => {
  const error = { message: 'Unknown operation.', extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } };
  expect(maskError(error).extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

test('a gateway forwards only those codes of a subgraph that may pass', () => {
  const error = new CodedError('GRAPHQL_VALIDATION_FAILED', 'Cannot query field "x".');
  expect(maskError(error, 'trace-1')).toMatchObject({ message: error.message });
  expect(maskError(error, 'trace-1', passesGateway)).toEqual(MASKED);
});

test('an error without a message has the default one of its code', () => {
  expect(unavailable('booking', { cause: new Error('refused') })).toMatchObject({
    message: 'Part of this is not available right now. Try again in a moment.',
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'booking' },
    cause: { message: 'refused' },
  });
  expect(rateLimited(0.2).extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
});

test('an error is coded when its extensions carry a code', () => {
  expect(isCoded(new CodedError('FORBIDDEN'))).toBe(true);
  expect([new Error('x'), { extensions: { code: 'FORBIDDEN' } }, null].map(isCoded)).toEqual([false, false, false]);
});

test.each<[string, object, number, string]>([
  ['a coded error', new CodedError('UNAUTHENTICATED'), 401, 'UNAUTHENTICATED'],
  ['a body that is too large', { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }, 413, 'OPERATION_TOO_LARGE'],
  ['another media type', { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }, 415, 'BAD_USER_INPUT'],
  ['a bug', new TypeError('secret'), 500, 'INTERNAL_SERVER_ERROR'],
])('before GraphQL is reached, %s has the status of the contract', (_what, error, status, code) => {
  expect(answerHttpError(error, 'trace-1')).toMatchObject({ status, error: { extensions: { code } } });
});
