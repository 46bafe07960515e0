import {
  type FetchTicketOffer,
  MAX_MAIL_ATTEMPTS,
  type MailMessage,
  type MailOutcome,
  type OutgoingMail,
  retryDelayMs,
  type SendMail,
} from '../domain/mail.ts';
import { MAIL_TOKEN_MS, type MailTokenPurpose } from '../domain/mail-token.ts';
import { noticeText, offerText, resetText, type StorefrontUrl, verificationText } from '../domain/mail-texts.ts';
import type { MailTokens, OutgoingMails, Users } from '../domain/ports.ts';
import { type HashToken, newToken, type RandomBytes } from '../domain/token.ts';

const BATCH = 10;
const MAX_BATCHES = 50;

export interface SendMailsDeps {
  readonly users: Pick<Users, 'findMany' | 'findByEmail'>;
  readonly outgoingMails: Pick<OutgoingMails, 'claim' | 'delay' | 'remove'>;
  readonly mailTokens: Pick<MailTokens, 'add'>;
  readonly sendMail: SendMail;
  readonly storefrontUrl: StorefrontUrl;
  readonly fetchTicketOffer: FetchTicketOffer;
  readonly onMail: (outcome: MailOutcome, error?: unknown) => void;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/**
 * Sends the mails that are due, at least once each. The first is sent alone: while the mail server is away, one try at
 * each run is enough.
 */
export async function sendMails(deps: SendMailsDeps): Promise<void> {
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const limit = batch === 0 ? 1 : BATCH;
    const mails = await deps.outgoingMails.claim(limit);
    const outcomes = await Promise.all(mails.map((mail) => sendOne(deps, mail)));
    if (mails.length < limit || outcomes.includes('failed')) return;
  }
}

async function sendOne(deps: SendMailsDeps, mail: OutgoingMail): Promise<MailOutcome> {
  const { outgoingMails, onMail } = deps;
  try {
    const message = await messageOf(deps, mail);
    const outcome = message === null ? 'needless' : (await deps.sendMail(message)) ? 'sent' : 'refused';
    await outgoingMails.remove(mail.id);
    onMail(outcome);
    return outcome;
  } catch (error) {
    const isLast = mail.attempts >= MAX_MAIL_ATTEMPTS;
    await (isLast ? outgoingMails.remove(mail.id) : outgoingMails.delay(mail.id, retryDelayMs(mail.attempts)));
    onMail(isLast ? 'abandoned' : 'failed', error);
    return 'failed';
  }
}

/** The mail as it is sent; null when there is nobody to send it to any more. */
async function messageOf(
  deps: SendMailsDeps,
  { id, kind, userId, address, about }: OutgoingMail,
): Promise<MailMessage | null> {
  if (kind === 'TICKET_OFFER') {
    const offer = await deps.fetchTicketOffer(about ?? '');
    return offer && { id, to: offer.to, ...offerText(offer, deps.storefrontUrl) };
  }
  const [known] = userId === null ? [] : await deps.users.findMany([userId]);
  const user = known ?? (address === null ? null : await deps.users.findByEmail(address));
  if (user === null) return null;
  if (kind === 'VERIFY_EMAIL') {
    const to = user.pendingEmail ?? (user.emailVerifiedAt === null ? user.email : null);
    if (to === null) return null;
    return { id, to, ...verificationText(await newMailToken(deps, user.id, kind, to), deps.storefrontUrl) };
  }
  if (kind === 'RESET_PASSWORD') {
    const to = user.email;
    return { id, to, ...resetText(await newMailToken(deps, user.id, kind, to), deps.storefrontUrl) };
  }
  return { id, to: address ?? user.email, ...noticeText(kind) };
}

/** A token is made for each try: it is stored nowhere but as a hash. */
async function newMailToken(deps: SendMailsDeps, userId: string, purpose: MailTokenPurpose, email: string) {
  const token = newToken(purpose === 'VERIFY_EMAIL' ? 'verify' : 'reset', deps.random);
  const expiresAt = new Date(deps.now().getTime() + MAIL_TOKEN_MS[purpose]);
  await deps.mailTokens.add({ hash: deps.hashToken(token), userId, purpose, email, expiresAt });
  return token;
}
