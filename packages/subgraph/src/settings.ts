import { type Loosening, readEnvironment, variableFor, type Variables } from '@marquee/environment';
import { z } from 'zod';

const SECRET = { secret: true };
const KEY_BYTES = 32;

/** A secret of at least 32 characters. The local stack generates and stores one. */
export function secret(): z.ZodType<string> {
  return z
    .string()
    .min(KEY_BYTES)
    .meta({ ...SECRET, description: `a secret of at least ${KEY_BYTES} characters` });
}

/** A secret key of 32 bytes in base64url. The local stack generates and stores one. */
export function secretKey(): z.ZodType<Uint8Array> {
  return z
    .string()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((bytes) => bytes.length === KEY_BYTES)
    .meta({ ...SECRET, description: `${KEY_BYTES} bytes in base64url` });
}

/** Secret keys of 32 bytes in base64url, separated by commas, the newest first. The local stack generates one. */
export function secretKeys(): z.ZodType<readonly Uint8Array[]> {
  return z
    .string()
    .transform((text) => text.split(',').map((key) => new Uint8Array(Buffer.from(key.trim(), 'base64url'))))
    .refine((keys) => keys.every(({ length }) => length === KEY_BYTES))
    .meta({ ...SECRET, description: `${KEY_BYTES} bytes in base64url, or several with commas between` });
}

/**
 * A folder of the subgraph's own, for what it keeps on disk. It must outlive the process. The local stack and tests give
 * one.
 */
export function ownFolder(): z.ZodType<string> {
  return z.string().min(1).meta({ ownFolder: true, description: 'a folder that outlives the process' });
}

/** The environment variable of a subgraph's setting: `BOOKING_HOLD_SECONDS` for `holdSeconds` of booking. */
export function variableOf(subgraph: string, setting: string): string {
  return variableFor(
    subgraph.toUpperCase().replaceAll('-', '_'),
    setting.replaceAll(/[A-Z]/g, (letter) => `-${letter}`),
  );
}

/**
 * A subgraph's settings that are a {@link secret} or a {@link secretKey}.
 *
 * @param secretNamed gives each by the name of its environment variable
 */
export function secretsOf(
  { name, settings }: { readonly name: string; readonly settings: z.ZodObject },
  secretNamed: (variable: string) => string,
): Record<string, string> {
  const secrets = Object.entries(settings.shape).filter(([, setting]) => isSecret(setting));
  return Object.fromEntries(secrets.map(([setting]) => [setting, secretNamed(variableOf(name, setting))]));
}

function isSecret(setting: z.core.$ZodType): boolean {
  return z.globalRegistry.get(setting)?.['secret'] === true;
}

/**
 * A subgraph's settings that are an {@link ownFolder}.
 *
 * @param folderOf gives a subgraph's folder by its name
 */
export function foldersOf(
  { name, settings }: { readonly name: string; readonly settings: z.ZodObject },
  folderOf: (subgraph: string) => string,
): Record<string, string> {
  const folders = Object.entries(settings.shape).filter(([, setting]) => z.globalRegistry.get(setting)?.['ownFolder']);
  return Object.fromEntries(folders.map(([setting]) => [setting, folderOf(name)]));
}

/** Says which values of a setting weaken a deployment, so that they are refused in production. */
export function loosened<Setting extends z.ZodType>(setting: Setting, how: Omit<Loosening, 'variable'>): Setting {
  return setting.meta({ ...setting.meta(), loosened: how });
}

/** The {@link loosened} settings of a subgraph, by their variables. */
export function looseningsOf({
  name,
  settings,
}: {
  readonly name: string;
  readonly settings: z.ZodObject;
}): Loosening[] {
  return Object.entries(settings.shape).flatMap(([setting, schema]) => {
    const how = z.globalRegistry.get(schema)?.['loosened'] as Omit<Loosening, 'variable'> | undefined;
    return how ? [{ variable: variableOf(name, setting), ...how }] : [];
  });
}

/** The subgraph's settings that are in the environment, unparsed. */
export function settingsIn(
  { name, settings }: { readonly name: string; readonly settings: z.ZodObject },
  variables: Variables,
): Record<string, string> {
  const given = Object.keys(settings.shape).map((setting) => [setting, variables[variableOf(name, setting)]] as const);
  return Object.fromEntries(given.filter((entry): entry is readonly [string, string] => Boolean(entry[1])));
}

/** Parses settings. @throws {EnvironmentError} with a line for each missing or invalid variable */
export function readSettings<Settings extends z.ZodObject>(
  name: string,
  settings: Settings,
  given: Readonly<Record<string, unknown>>,
): z.output<Settings> {
  const named = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([setting, value]) => [variableOf(name, setting), value]));
  const read: Record<string, unknown> = readEnvironment(named(settings.shape), named(given) as Variables);
  return Object.fromEntries(
    Object.keys(settings.shape).map((setting) => [setting, read[variableOf(name, setting)]]),
  ) as z.output<Settings>;
}
