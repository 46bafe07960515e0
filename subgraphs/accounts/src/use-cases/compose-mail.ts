import type { MailContent, OutgoingMail } from '@marquee/mail';
import { type Locale, localeOf } from '@marquee/messages';

import type { FetchTicketOffer, MailKind } from '../domain/mail.ts';
import { changeMail, credentialMail, invitationMail, offerMail, type StorefrontUrl } from '../domain/mail-content.ts';
import { MAIL_TOKEN_MS, type MailTokenPurpose } from '../domain/mail-token.ts';
import type { Invitations } from '../domain/organisation-ports.ts';
import type { MailTokens, Users } from '../domain/ports.ts';
import { type HashToken, newToken, type RandomBytes } from '../domain/token.ts';

export interface ComposeMailDeps {
  readonly users: Pick<Users, 'findMany' | 'findByEmail'>;
  readonly mailTokens: Pick<MailTokens, 'add'>;
  readonly invitations: Pick<Invitations, 'newMail'>;
  readonly storefrontUrl: StorefrontUrl;
  readonly fetchTicketOffer: FetchTicketOffer;
  readonly random: RandomBytes;
  readonly hashToken: HashToken;
  readonly now: () => Date;
}

/** A mail with its recipient, in their language. */
export interface ComposedMail {
  readonly to: string;
  readonly locale: Locale;
  readonly content: MailContent;
}

/** The mail as it is sent now; null when there is nobody to send it to any more. */
export async function composeMail(deps: ComposeMailDeps, mail: OutgoingMail): Promise<ComposedMail | null> {
  const { userId, address, about } = mail;
  const kind = mail.kind as MailKind;
  const { storefrontUrl } = deps;
  if (kind === 'TICKET_OFFER') {
    const offer = await deps.fetchTicketOffer(about ?? '');
    if (offer === null) return null;
    const locale = localeOf((await deps.users.findByEmail(offer.to))?.locale);
    return { to: offer.to, locale, content: offerMail(offer, { locale, storefrontUrl }) };
  }
  if (kind === 'INVITATION') return composeInvitation(deps, about ?? '');
  const [known] = userId === null ? [] : await deps.users.findMany([userId]);
  const user = known ?? (address === null ? null : await deps.users.findByEmail(address));
  if (user === null) return null;
  const style = { locale: localeOf(user.locale), storefrontUrl };
  if (kind !== 'VERIFY_EMAIL' && kind !== 'RESET_PASSWORD')
    return { to: address ?? user.email, locale: style.locale, content: changeMail(kind, style) };
  const unverified = user.pendingEmail ?? (user.emailVerifiedAt === null ? user.email : null);
  const to = kind === 'VERIFY_EMAIL' ? unverified : user.email;
  if (to === null) return null;
  const token = await newMailToken(deps, user.id, kind, to);
  return { to, locale: style.locale, content: credentialMail(kind, token, style) };
}

async function composeInvitation(deps: ComposeMailDeps, invitationId: string): Promise<ComposedMail | null> {
  const token = newToken('invite', deps.random);
  const invited = await deps.invitations.newMail(invitationId, deps.hashToken(token), deps.now());
  if (invited === null) return null;
  const locale = localeOf((await deps.users.findByEmail(invited.email))?.locale);
  const content = invitationMail(invited, token, { locale, storefrontUrl: deps.storefrontUrl });
  return { to: invited.email, locale, content };
}

/** A token is made for each try: it is stored nowhere but as a hash. */
async function newMailToken(deps: ComposeMailDeps, userId: string, purpose: MailTokenPurpose, email: string) {
  const token = newToken(purpose === 'VERIFY_EMAIL' ? 'verify' : 'reset', deps.random);
  const expiresAt = new Date(deps.now().getTime() + MAIL_TOKEN_MS[purpose]);
  await deps.mailTokens.add({ hash: deps.hashToken(token), userId, purpose, email, expiresAt });
  return token;
}
