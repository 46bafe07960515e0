import { statSync } from 'node:fs';
import { z } from 'zod';

export const port = z.coerce.number().int().min(0).max(65_535).describe('a port from 0 to 65535');

export const httpUrl = z.url({ protocol: /^https?$/ }).describe('a URL such as http://127.0.0.1:4000');

export const redisUrl = z.url({ protocol: /^rediss?$/ }).describe('a URL such as redis://127.0.0.1:6379');

export const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/ })
  .describe('a URL such as postgresql://user:password@127.0.0.1:5432/postgres');

export const file = z.string().refine(isFile);

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function oneOf<const Values extends readonly [string, ...string[]]>(...values: Values) {
  return z.enum(values).describe(`one of ${values.join(', ')}`);
}
