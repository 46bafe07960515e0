import { loosened, secretKey } from '@marquee/subgraph';
import { z } from 'zod';

const ms = z.coerce.number().int().positive().describe('milliseconds, at least 1');

export const settings = z.object({
  /** Proves to push services who sends. Browsers subscribe to its public half: with another one, all must subscribe again. */
  pushKey: secretKey(),
  /** Whom push services turn to. */
  pushContact: z
    .url({ protocol: /^(mailto|https)$/ })
    .default('mailto:push@marquee.test')
    .describe('a URL such as mailto:push@example.com'),
  /** Whether messages may go to push services of this machine. */
  pushLoopback: loosened(z.enum(['on', 'off']).default('off').describe('on or off'), {
    isLoose: (value) => value === 'on',
    why: 'lets anybody have requests sent to this machine',
  }),
  /** How often due pushes are looked for. */
  pushIntervalMs: ms.default(1_000),
  /** How long a push service has to answer. */
  pushTimeoutMs: ms.default(5_000),
});

export type Settings = z.output<typeof settings>;
