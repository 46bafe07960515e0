import { z } from 'zod';

/** The name of a subgraph or a client. It becomes a file path, so it is plain. */
export const subgraphName = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: 'has lower-case letters, digits and hyphens, a letter first',
});

export const httpUrl = z.url({ protocol: /^https?$/, error: 'is a URL such as http://weather:4000/graphql' });
