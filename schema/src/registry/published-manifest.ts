import { z } from 'zod';

import { httpUrl, subgraphName } from './names.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const manifestShape = z
  .strictObject({
    revision: z.number().int().min(1),
    subgraphs: z.record(subgraphName, digest),
    external: z.record(subgraphName, z.strictObject({ url: httpUrl })).optional(),
    operations: digest.optional(),
  })
  .refine(({ subgraphs, external = {} }) => Object.keys(external).every((name) => name in subgraphs));

/**
 * The manifest of the published schema: the number of the publication, the SHA-256 of each subgraph's SDL and of the
 * operations, and the URLs of subgraphs of other repositories.
 */
export type PublishedManifest = z.infer<typeof manifestShape>;

/** Reads a manifest. @returns undefined when it is damaged */
export function readManifest(text: string): PublishedManifest | undefined {
  try {
    return manifestShape.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A subgraph's entry, for comparison; undefined when it is not published. */
export function entryOf(
  { subgraphs, external }: Pick<PublishedManifest, 'subgraphs' | 'external'>,
  name: string,
): string | undefined {
  return subgraphs[name] && [subgraphs[name], external?.[name]?.url ?? ''].join(' ');
}
