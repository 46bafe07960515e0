import { httpUrl, logging, orExit, port, readEnvironment, refuseProduction } from '@marquee/environment';
import { openLog, stopOnSignal } from '@marquee/telemetry';
import { z } from 'zod';

import { buildSandboxSignIn } from './sandbox-sign-in.ts';

const variables = {
  ...logging,
  SANDBOX_SIGN_IN_PORT: port.default(4_203),
  SANDBOX_SIGN_IN_CLIENT_ID: z.string().default('marquee'),
  SANDBOX_SIGN_IN_CLIENT_SECRET: z.string().min(32).describe('a secret of at least 32 characters'),
  SANDBOX_SIGN_IN_REDIRECT_URI: httpUrl,
};

// The sandbox sign-in provider in its own process.
await orExit(async () => {
  refuseProduction('The sandbox sign-in provider', process.env);
  const read = readEnvironment(variables, process.env);
  const log = openLog({ service: 'sandbox-sign-in', level: read.LOG_LEVEL });
  const { SANDBOX_SIGN_IN_CLIENT_ID: id, SANDBOX_SIGN_IN_CLIENT_SECRET: secret } = read;
  const signIn = buildSandboxSignIn({ client: { id, secret, redirectUris: [read.SANDBOX_SIGN_IN_REDIRECT_URI] } });
  stopOnSignal(log, () => signIn.stop());
  const url = await signIn.listen(read.SANDBOX_SIGN_IN_PORT);
  log.info({ url }, 'the sandbox sign-in provider serves');
});
