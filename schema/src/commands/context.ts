import type { RegistryOptions } from '../registry/registry.ts';

/** The inputs of the commands. */
export interface CommandContext extends RegistryOptions {
  readonly out: (text: string) => void;
  /** Settings from environment variables. */
  readonly env: CommandEnvironment;
}

/** Names of environment variables. */
export interface CommandEnvironment {
  /** The base commit, unless `--base` names one. */
  readonly SCHEMA_BASE?: string | undefined;
  /** The usage store; without it, the configuration decides on breaking changes. */
  readonly SCHEMA_USAGE_REDIS_URL?: string | undefined;
  /** The prefix of the store's keys, if not the default. */
  readonly SCHEMA_USAGE_NAMESPACE?: string | undefined;
  /** GitHub's file for a job summary. */
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
  /** A Postgres server for scratch databases. */
  readonly SCHEMA_POSTGRES_URL?: string | undefined;
}
