import { logging, orExit, port, readEnvironment, refuseProduction } from '@marquee/environment';
import { openLog, stopOnSignal } from '@marquee/telemetry';

import { buildSandboxMail } from './sandbox-mail.ts';

const variables = {
  ...logging,
  SANDBOX_MAIL_PORT: port.default(4_200),
  SANDBOX_MAIL_SMTP_PORT: port.default(4_201),
};

// The sandbox mail server in its own process.
await orExit(async () => {
  refuseProduction('The sandbox mail server', process.env);
  const read = readEnvironment(variables, process.env);
  const log = openLog({ service: 'sandbox-mail', level: read.LOG_LEVEL });
  const mail = buildSandboxMail({ log });
  stopOnSignal(log, () => mail.stop());
  const { SANDBOX_MAIL_PORT, SANDBOX_MAIL_SMTP_PORT } = read;
  const { url, smtpUrl } = await mail.listen({ port: SANDBOX_MAIL_PORT, smtpPort: SANDBOX_MAIL_SMTP_PORT });
  log.info({ url, smtpUrl }, 'the sandbox mail server serves');
});
