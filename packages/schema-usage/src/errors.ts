/** The store of usage cannot be reached, or does not let us in. */
export class UsageUnavailableError extends Error {
  override readonly name = 'UsageUnavailableError';

  /** @param url of the store; its password is left out of the message */
  constructor(url: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The usage store at ${withoutCredentials(url)} cannot be read: ${reason || 'no answer'}`, { cause });
  }
}

/** A record of usage cannot be read. */
export class DamagedUsageError extends Error {
  override readonly name = 'DamagedUsageError';

  /** @param record where it is, as `<key> <field>` */
  constructor(record: string, problem: string) {
    super(`The usage record '${record}' is damaged: ${problem}. Delete it, or the whole key, to go on without it.`);
  }
}

function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return 'an address that is no URL';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
