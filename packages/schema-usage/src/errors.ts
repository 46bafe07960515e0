/** The usage store is unreachable, or rejects the credentials. */
export class UsageUnavailableError extends Error {
  override readonly name = 'UsageUnavailableError';

  /** @param url the store's URL; the message omits its password */
  constructor(url: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The usage store at ${withoutCredentials(url)} cannot be read: ${reason || 'no answer'}`, { cause });
  }
}

/** A usage record is damaged. */
export class DamagedUsageError extends Error {
  override readonly name = 'DamagedUsageError';

  /** @param record its key and field, as `<key> <field>` */
  constructor(record: string, problem: string) {
    super(`The usage record '${record}' is damaged: ${problem}. Delete it, or the whole key, to go on without it.`);
  }
}

function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return 'an invalid URL';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
