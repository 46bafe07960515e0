export {
  ERROR_CODES,
  type ErrorCode,
  type ErrorRow,
  isErrorCode,
  isPublic,
  passesGateway,
  statusOf,
  statusOfErrors,
} from './codes.ts';
export {
  badInput,
  CodedError,
  forbidden,
  isCoded,
  notFound,
  rateLimited,
  unauthenticated,
  unavailable,
} from './coded-error.ts';
export { answerHttpError, type HttpErrorAnswer } from './http-errors.ts';
export { type ClientError, maskError } from './masking.ts';
export { resultOf, UserError } from './user-error.ts';
