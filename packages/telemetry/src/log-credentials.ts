/** Credentials by their form, wherever they stand: of URLs, of Authorization headers, and JSON Web Tokens. */
const IN_TEXT =
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s@/"]+(?=@)|(?<=\b(?:Bearer|Basic) )[\w.~+/=-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;

/** Of nearly every line this says at once that there is none. */
const PERHAPS = /:\/\/|bearer |basic |eyJ/i;

/** The text with an ellipsis where it has a credential. */
export function withoutCredentials(text: string): string {
  return PERHAPS.test(text) ? text.replace(IN_TEXT, '…') : text;
}

const MAX_CAUSES = 5;

/** What a log may tell of an error. Clients of servers hang commands with their arguments, headers and rows onto theirs. */
export function shownError(error: unknown, causes = MAX_CAUSES): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' && error !== null ? shownObject(error) : error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const shownCause = cause === undefined || causes === 0 ? undefined : shownError(cause, causes - 1);
  return { type: name, message, stack, code, cause: shownCause };
}

/** An error as data: of GraphQL, usually. */
function shownObject(error: object): unknown {
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

/** The fields with an ellipsis for what is a credential by its name, here or one level below. */
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
