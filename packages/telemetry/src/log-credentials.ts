/**
 * Credentials in text: passwords in URLs, values of Authorization headers, JSON Web Tokens. The head of a token ends where
 * another begins: a text of many such beginnings would take quadratic time.
 */
const CREDENTIAL_PATTERN =
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s@/"]+(?=@)|(?<=\b(?:Bearer|Basic) )[\w.~+/=-]+|\beyJ(?:(?!\beyJ)[\w-])+\.[\w-]+\.[\w-]*/gi;

/** A cheap test that rules credentials out for nearly every line. */
const QUICK_CHECK = /:\/\/|bearer |basic |eyJ/i;

/** Replaces each credential in a text by an ellipsis. */
export function withoutCredentials(text: string): string {
  return QUICK_CHECK.test(text) ? text.replace(CREDENTIAL_PATTERN, '…') : text;
}

const MAX_CAUSES = 5;

/**
 * The loggable fields of an error. Database and HTTP clients attach statements, headers and rows to their errors, which do
 * not belong in a log.
 */
export function loggableError(error: unknown, causes = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' && error !== null ? loggableObject(error) : error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const shownCause = cause === undefined || causes === 0 ? undefined : loggableError(cause, causes - 1);
  return { type: name, message, stack, code, cause: shownCause };
}

/** The loggable fields of an error that is plain data, such as one of a GraphQL response. */
function loggableObject(error: object): unknown {
  const { message, path, extensions } = error as { message?: unknown; path?: unknown; extensions?: { code?: unknown } };
  return { message, path, code: extensions?.code };
}

const CREDENTIALS: ReadonlySet<string> = new Set([
  'password',
  'token',
  'accesstoken',
  'refreshtoken',
  'authorization',
  'cookie',
  'secret',
  'apikey',
]);

/** Replaces fields that hold a credential, by their names, with an ellipsis, here and one level below. */
export function fieldsWithoutCredentials(fields: Record<string, unknown>, depth = 1): Record<string, unknown> {
  let shown = fields;
  for (const [name, value] of Object.entries(fields)) {
    const own = CREDENTIALS.has(name.toLowerCase())
      ? '…'
      : depth > 0 && isPlain(value)
        ? fieldsWithoutCredentials(value, depth - 1)
        : value;
    if (own === value) continue;
    if (shown === fields) shown = { ...fields };
    shown[name] = own;
  }
  return shown;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
