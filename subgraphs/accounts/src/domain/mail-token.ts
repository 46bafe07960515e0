/** The purpose of a token sent by mail. */
export type MailTokenPurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD';

const HOUR_MS = 60 * 60_000;

/** Time that a token works after it was sent. */
export const MAIL_TOKEN_MS: Readonly<Record<MailTokenPurpose, number>> = {
  VERIFY_EMAIL: 24 * HOUR_MS,
  RESET_PASSWORD: HOUR_MS,
};

/** A token sent by mail, which works once. Whoever has it reads mail at the address. */
export interface MailToken {
  readonly hash: string;
  readonly userId: string;
  readonly purpose: MailTokenPurpose;
  readonly email: string;
  readonly expiresAt: Date;
}
