export {
  type MailLane,
  type MailMessage,
  type MailOutcome,
  type NewMail,
  type OutgoingMail,
  type SendMail,
  type TriedMail,
} from './mail.ts';
export { MailQueue, SEALED_MAILS } from './mail-queue.ts';
export { type MailContent, type MailLink, renderMail } from './rendered-mail.ts';
export { sendDueMails, type SendDueMailsDeps } from './send-due-mails.ts';
export { openSmtp, type Smtp } from './smtp.ts';
export { observeMails } from './telemetry.ts';
