import type { UserCaller } from '@marquee/subgraph';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type AccountsHarness,
  callerOf,
  CHANGE_EMAIL,
  CHANGE_PASSWORD,
  CONFIRM_TOTP,
  freshEmail,
  LOGIN,
  PASSWORD,
  registered,
  START_TOTP,
  tokensOf,
  VERIFY_EMAIL,
} from './harness.ts';
import { type Mailbox, openAccountsWithMail, tokenIn } from './mailbox.ts';

let harness: AccountsHarness;
let mailbox: Mailbox;
beforeAll(async () => {
  harness = await openAccountsWithMail().then(({ mailbox: opened, ...rest }) => ((mailbox = opened), rest));
});
afterAll(() => mailbox.stop());

const changeEmail = (caller: UserCaller, newEmail: string) =>
  harness.execute(CHANGE_EMAIL, caller, { input: { newEmail, password: PASSWORD } });

const PROTECTIONS = {
  'a new password': (caller: UserCaller) => {
    const input = { currentPassword: PASSWORD, newPassword: 'battery horse staple' };
    return harness.field(CHANGE_PASSWORD, { input }, { caller });
  },
  'a new authenticator app': async (caller: UserCaller) => {
    const { secret } = await harness.field(START_TOTP, {}, { caller });
    const totp = new TOTP({ secret: Secret.fromBase32(String(secret)) });
    const code = totp.generate({ timestamp: harness.clock.now().getTime() });
    return harness.field(CONFIRM_TOTP, { code }, { caller });
  },
};

test.each(Object.entries(PROTECTIONS))(
  '%s undoes a change of the address that a thief asked for',
  async (_, protect) => {
    const { email, caller: thief } = await registered(harness);
    const theirs = freshEmail();
    await changeEmail(thief, theirs);
    const [mail] = await mailbox.mailsTo(theirs);
    const { accessToken } = tokensOf(await harness.field(LOGIN, { input: { email, password: PASSWORD } }));
    await protect(await callerOf(harness, accessToken));
    const token = mail === undefined ? '' : tokenIn(mail);
    expect(await harness.field(VERIFY_EMAIL, { token })).toMatchObject({ __typename: 'MailTokenExpiredError' });
    const user = await harness.database.user.findUniqueOrThrow({ where: { id: thief.userId } });
    expect(user).toMatchObject({ email, pendingEmail: null });
  },
);
