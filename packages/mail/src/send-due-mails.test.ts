import { expect, test } from 'vitest';

import { type OutgoingMail, TryLaterError } from './mail.ts';
import { sendDueMails, type SendDueMailsDeps } from './send-due-mails.ts';

function sending(count: number, sendMail: SendDueMailsDeps['sendMail']) {
  const waiting = Array.from(
    { length: count },
    (_, index) =>
      ({
        id: `mail_${index}`,
        kind: 'VERIFY_EMAIL',
        userId: 'usr_1',
        lane: 'TRANSACTIONAL',
        attempts: 1,
      }) as OutgoingMail,
  );
  const outcomes: string[] = [];
  const deps: SendDueMailsDeps = {
    mailQueue: { claim: async (_lane, limit) => waiting.splice(0, limit), settle: async () => undefined },
    compose: async ({ id }) => ({ id, to: `${id}@example.com`, subject: '', text: '', html: '' }),
    sendMail,
    onMail: (outcome) => void outcomes.push(outcome),
  };
  return { outcomes, run: () => sendDueMails(deps, 'TRANSACTIONAL', 2) };
}

test.each(['mail_0', 'mail_2'])('when %s is to be sent later, the others are sent in the same run', async (later) => {
  const { outcomes, run } = sending(6, async ({ id }) => {
    if (id === later) throw new TryLaterError('450 Try again');
    return 'sent';
  });
  await run();
  expect(outcomes.toSorted()).toEqual(['failed', 'sent', 'sent', 'sent', 'sent', 'sent']);
});

test('while no mail server answers, one mail of a run is tried', async () => {
  const { outcomes, run } = sending(6, async () => {
    throw new Error('ECONNREFUSED');
  });
  await run();
  expect(outcomes).toEqual(['failed']);
});

test('a mail that takes long holds up no other', async () => {
  let answer = (): void => undefined;
  const slow = new Promise<'sent'>((resolve) => (answer = () => resolve('sent')));
  const { outcomes, run } = sending(20, async ({ id }) => (id === 'mail_3' ? slow : 'sent'));
  const running = run();
  await expect.poll(() => outcomes.length).toBe(19);
  answer();
  await running;
  expect(outcomes).toHaveLength(20);
});
