import { renderMail, sendDueMails, type SendDueMailsDeps } from '@marquee/mail';

import { composeMail, type ComposeMailDeps } from './compose-mail.ts';

export interface SendMailsDeps extends ComposeMailDeps, Pick<SendDueMailsDeps, 'sendMail' | 'onMail'> {
  readonly outgoingMails: SendDueMailsDeps['mailQueue'];
}

/** Sends the mails that are due, each in its reader's language. */
export async function sendMails(deps: SendMailsDeps): Promise<void> {
  const { outgoingMails: mailQueue, sendMail, onMail } = deps;
  const compose: SendDueMailsDeps['compose'] = async (mail) => {
    const composed = await composeMail(deps, mail);
    return composed && { id: mail.id, to: composed.to, ...renderMail(composed.content, composed.locale.language) };
  };
  await sendDueMails({ mailQueue, compose, sendMail, onMail }, 'TRANSACTIONAL');
}
