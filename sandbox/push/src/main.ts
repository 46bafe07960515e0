import { logging, orExit, port, readEnvironment, refuseProduction } from '@marquee/environment';
import { openLog, stopOnSignal } from '@marquee/telemetry';

import { buildSandboxPush } from './sandbox-push.ts';

const variables = { ...logging, SANDBOX_PUSH_PORT: port.default(4_202) };

// The sandbox push service in its own process.
await orExit(async () => {
  refuseProduction('The sandbox push service', process.env);
  const read = readEnvironment(variables, process.env);
  const log = openLog({ service: 'sandbox-push', level: read.LOG_LEVEL });
  const push = buildSandboxPush({ log });
  stopOnSignal(log, () => push.stop());
  const url = await push.listen({ port: read.SANDBOX_PUSH_PORT });
  log.info({ url }, 'the sandbox push service serves');
});
