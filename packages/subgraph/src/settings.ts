import { z } from 'zod';

const KEY_BYTES = 32;

/** A secret as text, at least 32 characters. The local stack makes one up and keeps it. */
export function secret(): z.ZodType<string> {
  return z.string().min(KEY_BYTES).meta(SECRET);
}

/** A secret key: 32 bytes, written in base64url. The local stack makes one up and keeps it. */
export function secretKey(): z.ZodType<Uint8Array> {
  return z
    .string()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((bytes) => bytes.length === KEY_BYTES, `must be ${KEY_BYTES} bytes in base64url`)
    .meta(SECRET);
}

const SECRET = { secret: true };

/** Whether a setting is a {@link secret} or a {@link secretKey}. */
export function isSecret(setting: z.core.$ZodType): boolean {
  return z.globalRegistry.get(setting)?.['secret'] === true;
}

/** The environment variable of a subgraph's setting: `BOOKING_HOLD_SECONDS` for `holdSeconds` of booking. */
export function variableOf(subgraph: string, setting: string): string {
  const words = `${subgraph}-${setting.replaceAll(/[A-Z]/g, (letter) => `-${letter}`)}`;
  return words.replaceAll('-', '_').toUpperCase();
}

/** What a subgraph has to be told. */
export interface NeedsSettings {
  readonly name: string;
  readonly settings: z.ZodObject;
}

/** What the environment says of a subgraph's settings; what it does not name is left out. */
export function settingsIn(
  { name, settings }: NeedsSettings,
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const setting of Object.keys(settings.shape)) {
    const value = variables[variableOf(name, setting)];
    if (value) given[setting] = value;
  }
  return given;
}

/** Reads the settings. @throws {Error} with a line for each variable that has to be set otherwise */
export function readSettings<Settings extends z.ZodObject>(
  name: string,
  settings: Settings,
  given: Readonly<Record<string, unknown>>,
): z.output<Settings> {
  const read = settings.safeParse(given);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => `Set ${variableOf(name, String(path[0]))}: ${message}`);
  throw new Error(lines.join('\n'));
}
