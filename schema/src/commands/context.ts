import type { RegistryOptions } from '../registry/registry.ts';

/** What the commands get from outside. */
export interface CommandContext extends RegistryOptions {
  readonly out: (text: string) => void;
  /** The settings of the environment that the commands know. */
  readonly env: CommandEnvironment;
}

/** Names of environment variables. */
export interface CommandEnvironment {
  /** The commit whose published SDL counts, where `--base` names none. */
  readonly SCHEMA_BASE?: string | undefined;
  /** The store of usage; without it, breaking changes are judged as the configuration says. */
  readonly SCHEMA_USAGE_REDIS_URL?: string | undefined;
  /** The prefix of the store's keys, where it is not the usual one. */
  readonly SCHEMA_USAGE_NAMESPACE?: string | undefined;
  /** Where GitHub takes a summary. */
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
  /** A Postgres server for scratch databases. */
  readonly SCHEMA_POSTGRES_URL?: string | undefined;
}
