import { ERROR_CODES, isErrorCode, isPublic } from './codes.ts';

type Path = readonly (string | number)[];
type Locations = readonly { readonly line: number; readonly column: number }[];

/** An error in a response's `errors`. */
export interface ClientError {
  readonly message: string;
  readonly locations?: Locations;
  readonly path?: Path;
  readonly extensions: { [name: string]: unknown; code: string };
}

/** The known fields of an error, thrown or received. The `path` of a file system error is not that of a field. */
interface Failure {
  readonly message?: unknown;
  readonly locations?: unknown;
  readonly path?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

/** Codes of Apollo Server, and ours for them. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['BAD_REQUEST', 'BAD_USER_INPUT'],
  ['OPERATION_RESOLUTION_FAILURE', 'BAD_USER_INPUT'],
]);

/** Extensions that clients never see. */
const PRIVATE_EXTENSIONS: ReadonlySet<string> = new Set(['http', 'stacktrace', 'exception', 'serviceName', 'traceId']);

/**
 * The error as a client reads it: as it is when its code is public, else INTERNAL_SERVER_ERROR with the trace id, and
 * nothing of the cause but the path.
 *
 * @param error anything thrown, or an error of a response
 * @param traceId where it is not known yet, an id that the error itself carries stays
 * @param isShown which codes are shown; a gateway is stricter with what a subgraph sent
 */
export function maskError(
  error: unknown,
  traceId?: string,
  isShown: (code: unknown) => boolean = isPublic,
): ClientError {
  const { message, locations, path, extensions } = failureOf(error);
  const given = extensions?.['code'];
  const code = typeof given === 'string' ? (RENAMED.get(given) ?? given) : undefined;
  if (!isErrorCode(code) || !isShown(code)) return internalError(path, traceId ?? extensions?.['traceId']);
  const shown = Object.entries(extensions ?? {}).filter(([name]) => !PRIVATE_EXTENSIONS.has(name));
  return {
    message: typeof message === 'string' && message !== '' ? message : ERROR_CODES[code].message,
    ...(Array.isArray(locations) && { locations }),
    ...(Array.isArray(path) && { path }),
    extensions: { ...Object.fromEntries(shown), code },
  };
}

function failureOf(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {};
}

function internalError(path: unknown, traceId: unknown): ClientError {
  const code = 'INTERNAL_SERVER_ERROR';
  return {
    message: ERROR_CODES[code].message,
    ...(Array.isArray(path) && { path }),
    extensions: { code, ...(typeof traceId === 'string' && { traceId }) },
  };
}
