import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';

import { openSmtp } from './smtp.ts';

/** @returns the address of a server that stops with the test */
async function listening(server: SMTPServer): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** A server that answers the recipient with a code. */
async function serverAnswering(responseCode: number, text = 'No'): Promise<string> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error(text), { responseCode })),
  });
  return listening(server);
}

/** A server that takes everything. @returns its address, and the recipients and text of what it took */
async function serverTaking() {
  const mails: { readonly to: readonly string[]; readonly text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString() });
        callback();
      });
    },
  });
  return { url: await listening(server), mails };
}

const message = { id: 'mail_1', to: 'ann@example.com', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };
const send = (url: string) => openSmtp({ url, from: 'no-reply@marquee.test' }).send(message);

test('a recipient who does not exist is not tried again', async () => {
  expect(await send(await serverAnswering(550))).toBe('bounced');
});

test.each([
  [550, '5.1.1 No such user', 'bounced'],
  [553, 'No such name', 'bounced'],
  [552, '5.2.2 Mailbox full', 'refused'],
  [552, 'Mailbox full', 'refused'],
  [550, '5.2.1 Not now', 'refused'],
  [554, 'No', 'refused'],
  [550, '5.1.8 Bad address of the sender', 'refused'],
] as const)('a recipient who is refused with "%i %s" is %s', async (code, text, answer) => {
  expect(await send(await serverAnswering(code, text))).toBe(answer);
});

test('a server that does not like the mail says nothing about the mailbox', async () => {
  expect(await send(await serverAnswering(550, '5.7.1 Blocked as spam'))).toBe('refused');
});

test('a server that is busy or away is tried again', async () => {
  await expect(send(await serverAnswering(450))).rejects.toMatchObject({ name: 'TryLaterError' });
  await expect(send('smtp://127.0.0.1:1')).rejects.toThrow('ECONNREFUSED');
});

test('nothing is sent to another machine without TLS', async () => {
  const here = await serverAnswering(550);
  const elsewhere = here.replace('127.0.0.1', '[::ffff:127.0.0.1]');
  await expect(send(elsewhere)).rejects.toMatchObject({ code: 'ETLS' });
});

test('what somebody typed as an address or a title adds no recipient and no header', async () => {
  const { url, mails } = await serverTaking();
  expect(
    await openSmtp({ url, from: 'no-reply@marquee.test' }).send({
      ...message,
      subject: 'Hello\r\nBcc: eve@example.com',
    }),
  ).toBe('sent');
  const list = { ...message, to: 'ann@example.com, eve@example.com' };
  await openSmtp({ url, from: 'no-reply@marquee.test' })
    .send(list)
    .catch(() => undefined);
  expect(mails.flatMap(({ to }) => to)).not.toContain('eve@example.com');
  expect(mails[0]).toMatchObject({ to: ['ann@example.com'], text: expect.not.stringMatching(/^Bcc:/im) });
});
