import { ANONYMOUS, type UserCaller } from '@marquee/subgraph';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { hashToken } from '../src/adapters/tokens.ts';
import {
  type AccountsHarness,
  callerOf,
  CHANGE_EMAIL,
  freshEmail,
  openAccounts,
  PASSWORD,
  REFRESH,
  registered,
  REQUEST_RESET,
  RESET_PASSWORD,
  SEND_VERIFICATION,
  tokensOf,
  VERIFY_EMAIL,
} from './harness.ts';
import { type Mailbox, mailSettings, openAccountsWithMail, openMailbox, tokenIn } from './mailbox.ts';

const HOUR_MS = 60 * 60_000;

let harness: AccountsHarness;
let mailbox: Mailbox;
beforeAll(async () => {
  harness = await openAccountsWithMail().then(({ mailbox: opened, ...rest }) => ((mailbox = opened), rest));
});
afterAll(() => mailbox.stop());

const verify = (token: string) => harness.field(VERIFY_EMAIL, { token });
const EXPIRED = {
  __typename: 'MailTokenExpiredError',
  message: 'This link or code no longer works. Ask for a new one.',
};

async function registeredWithToken() {
  const person = await registered(harness);
  const [mail] = await mailbox.mailsTo(person.email);
  if (mail === undefined) throw new Error('There is no mail');
  return { ...person, mail, token: tokenIn(mail) };
}

describe('verifyEmail', () => {
  test('a new account gets a mail, whose code verifies the address once', async () => {
    const { email, caller, refreshToken, mail, token } = await registeredWithToken();
    expect(mail.subject).toBe('Confirm your email address');
    expect(mail.text).not.toContain('Ada Lovelace');
    expect(caller.emailVerified).toBe(false);
    expect(await verify(token)).toEqual({
      __typename: 'VerifyEmailPayload',
      user: { id: caller.userId, email, emailVerified: true },
    });
    const { accessToken } = tokensOf(await harness.field(REFRESH, { refreshToken }));
    expect((await callerOf(harness, accessToken)).emailVerified).toBe(true);
    const verified = { type: 'account.email-verified', key: caller.userId };
    expect(await harness.database.outboxEvent.count({ where: verified })).toBe(1);
    expect(await verify(token)).toEqual(EXPIRED);
  });

  test('the code shows whoever has it the address, and nothing else of the account', async () => {
    const { token } = await registeredWithToken();
    const query = `mutation ($token: String!) { verifyEmail(token: $token) {
      ... on VerifyEmailPayload { user { email roles createdAt locale sessions { id } } } } }`;
    const { data, errors } = await harness.execute(query, ANONYMOUS, { token });
    const hidden = { roles: null, createdAt: null, locale: null, sessions: null };
    expect(data).toEqual({ verifyEmail: { user: { email: expect.any(String), ...hidden } } });
    const refused = { extensions: { code: 'UNAUTHENTICATED' } };
    expect(errors).toMatchObject(Object.keys(hidden).map(() => refused));
  });

  test('the code is stored as a hash, and works for a day', async () => {
    const { token, caller } = await registeredWithToken();
    const stored = await harness.database.mailToken.findMany({ where: { userId: caller.userId } });
    expect(stored).toMatchObject([{ hash: hashToken(token), purpose: 'VERIFY_EMAIL' }]);
    harness.clock.advance(24 * HOUR_MS + 1000);
    expect(await verify(token)).toEqual(EXPIRED);
    expect(await verify('verify_nonsense')).toEqual(EXPIRED);
  });

  test('of concurrent uses of a code exactly one succeeds', async () => {
    const { token } = await registeredWithToken();
    const answers = await Promise.all(Array.from({ length: 8 }, () => verify(token)));
    expect(answers.filter(({ __typename }) => __typename === 'VerifyEmailPayload')).toHaveLength(1);
  });

  test('control: reading a token before deleting it lets several uses succeed', async () => {
    const { token } = await registeredWithToken();
    const where = { hash: hashToken(token) };
    const readThenDelete = async () => {
      if ((await harness.database.mailToken.findUnique({ where })) === null) return false;
      await harness.database.mailToken.deleteMany({ where });
      return true;
    };
    const uses = await Promise.all(Array.from({ length: 4 }, readThenDelete));
    expect(uses.filter(Boolean).length).toBeGreaterThan(1);
  });
});

describe('a passkey that was added before the address was proved', () => {
  const passkeyOf = (userId: string) => ({
    ...{ id: `key_${userId}`, userId, credentialId: `credential-${userId}`, publicKey: Buffer.from('key') },
    ...{ counter: 0n, transports: [], name: 'Phone', createdAt: new Date() },
  });
  async function withPasskey() {
    const person = await registeredWithToken();
    await harness.database.passkey.create({ data: passkeyOf(person.caller.userId) });
    const left = () => harness.database.passkey.count({ where: { userId: person.caller.userId } });
    return { ...person, left };
  }

  test('goes when somebody proves it who is not signed in, or to another account', async () => {
    const other = (await registered(harness)).caller;
    for (const caller of [ANONYMOUS, other]) {
      const { token, left } = await withPasskey();
      await harness.field(VERIFY_EMAIL, { token }, { caller });
      expect(await left()).toBe(0);
    }
  });

  test('goes with the next reset of the password, if it was added after somebody else had proved it', async () => {
    for (const isApart of [true, false]) {
      const { token, caller, email, left } = await withPasskey();
      await harness.field(VERIFY_EMAIL, { token }, isApart ? {} : { caller });
      if (isApart) await harness.database.passkey.create({ data: passkeyOf(caller.userId) });
      await harness.field(REQUEST_RESET, { email });
      const mails = await mailbox.mailsTo(email, 2);
      const code = mails.map(tokenIn).find((each) => each.startsWith('reset'));
      tokensOf(await harness.field(RESET_PASSWORD, { input: { token: code, newPassword: 'battery horse staple' } }));
      expect(await left()).toBe(isApart ? 0 : 1);
    }
  });

  test('stays when its owner does, or the address was proved before', async () => {
    const { token, caller, left, email } = await withPasskey();
    await harness.field(SEND_VERIFICATION, {}, { caller });
    const [, second] = await mailbox.mailsTo(email, 2);
    await harness.field(VERIFY_EMAIL, { token }, { caller });
    await verify(second ? tokenIn(second) : '');
    expect(await left()).toBe(1);
  });
});

describe('sendVerificationEmail', () => {
  test('sends another mail, and both codes work until one is used', async () => {
    const { email, caller, token } = await registeredWithToken();
    expect(await harness.field(SEND_VERIFICATION, {}, { caller })).toEqual({ sentTo: email });
    const [, second] = await mailbox.mailsTo(email, 2);
    if (second === undefined) throw new Error('There is no second mail');
    expect(tokenIn(second)).not.toBe(token);
    expect(await verify(tokenIn(second))).toMatchObject({ user: { emailVerified: true } });
    expect(await harness.field(SEND_VERIFICATION, {}, { caller })).toEqual({ sentTo: null });
  });

  test('is limited, and needs a signed-in person', async () => {
    const { caller } = await registered(harness);
    for (let time = 0; time < 5; time += 1) await harness.field(SEND_VERIFICATION, {}, { caller });
    const limited = await harness.execute(SEND_VERIFICATION, caller);
    expect(limited.errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    const anonymous = await harness.execute(SEND_VERIFICATION, ANONYMOUS);
    expect(anonymous.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

describe('sending', () => {
  test('a sign-up does not wait for the mail server, which gets the mail when it is back', async () => {
    const gone = await openMailbox();
    await gone.stop();
    const cut = await openAccounts({ settings: mailSettings(gone.smtpUrl) });
    await cut.subgraph.start();
    const { email } = await registered(cut);
    await eventually(async () => {
      const [mail] = await cut.database.outgoingMail.findMany();
      expect(mail).toMatchObject({ kind: 'VERIFY_EMAIL', attempts: 1, address: null });
    });
    const back = await openMailbox(Number(new URL(gone.smtpUrl).port));
    await cut.database.outgoingMail.updateMany({ data: { dueAt: new Date(0) } });
    expect(await back.mailsTo(email)).toHaveLength(1);
    await eventually(async () => expect(await cut.database.outgoingMail.count()).toBe(0));
    await back.stop();
  });

  test('of several processes one sends each mail', async () => {
    const { databaseUrl } = await openAccounts();
    const settings = mailSettings(mailbox.smtpUrl);
    const processes = await Promise.all(Array.from({ length: 3 }, () => openAccounts({ settings, databaseUrl })));
    const [first] = processes as [AccountsHarness];
    const people = await Promise.all(Array.from({ length: 12 }, () => registered(first)));
    const both = await Promise.all([claimable(first), claimable(first)]);
    expect(both[0], 'control: reading alone gives each process the same mails').toEqual(both[1]);
    await Promise.all(processes.map(({ subgraph }) => subgraph.start()));
    await eventually(async () => expect(await first.database.outgoingMail.count()).toBe(0));
    for (const { email } of people) expect(await mailbox.mailsTo(email)).toHaveLength(1);
  });
});

async function claimable({ database }: AccountsHarness): Promise<string[]> {
  const mails = await database.outgoingMail.findMany({ where: { dueAt: { lte: new Date() } }, orderBy: { id: 'asc' } });
  return mails.map(({ id }) => id);
}

test('several accounts together send an address five mails in an hour, and others as before', async () => {
  const ask = (caller: UserCaller, newEmail: string) =>
    harness.execute(CHANGE_EMAIL, caller, { input: { newEmail, password: PASSWORD } });
  const people = await Promise.all(Array.from({ length: 3 }, () => registered(harness)));
  const victim = freshEmail();
  const codes: unknown[] = [];
  for (const { caller } of [...people, ...people]) {
    const { errors } = await ask(caller, victim);
    codes.push(errors?.[0]?.extensions?.['code']);
  }
  expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 'RATE_LIMITED']);
  for (const { caller } of people) expect((await ask(caller, freshEmail())).errors).toBeUndefined();
});

describe('an offer of tickets', () => {
  const EXPIRES = '2027-01-03T20:00:00.000Z';
  const offer = {
    to: 'bob@example.com',
    token: 'offer_1',
    titleName: 'Metropolis',
    venueName: 'The Electric',
    tickets: 2,
    timeZone: 'America/Toronto',
  };
  const offering = (answers: (object | null)[]) => ({
    query: async <Data>() => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === undefined) throw new Error('Booking is away');
      return { ticketOfferMail: answer } as Data;
    },
  });

  test('is mailed to the address that booking knows, once it answers; accounts keeps neither address nor token', async () => {
    const mailServer = await openMailbox();
    const answers: (object | null)[] = [{ ...offer, startsAt: '2027-01-02T01:00:00.000Z', expiresAt: EXPIRES }];
    const opened = await openAccounts({ settings: mailSettings(mailServer.smtpUrl), calls: offering(answers) });
    await opened.deliver('booking.tickets-offered', { offerId: 'lon_off_1' });
    expect(await opened.database.outgoingMail.findMany()).toMatchObject([
      { kind: 'TICKET_OFFER', about: 'lon_off_1', address: null, userId: null },
    ]);
    await opened.subgraph.start();
    const [mail] = await mailServer.mailsTo('bob@example.com');
    expect(mail?.subject).toBe('2 tickets for you');
    for (const part of [
      'Metropolis at The Electric, Friday, 1 January 2027 at 20:00',
      'offer_1',
      'until Sunday, 3 January 2027 at 15:00 at the venue',
    ]) {
      expect(mail?.text).toContain(part);
    }
    await eventually(async () => expect(await opened.database.outgoingMail.count()).toBe(0));
    answers.splice(0, 1, null);
    await opened.deliver('booking.tickets-offered', { offerId: 'lon_off_2' });
    await eventually(async () => expect(await opened.database.outgoingMail.count()).toBe(0));
    expect(await mailServer.mailsTo('bob@example.com')).toHaveLength(1);
    await mailServer.stop();
  });
});
