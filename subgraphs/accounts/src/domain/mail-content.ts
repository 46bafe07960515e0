import type { MailContent } from '@marquee/mail';
import type { Locale } from '@marquee/messages';

import type { InvitationMail } from './invitation.ts';
import type { TicketOffer } from './mail.ts';
import { changeMails, type ChangeMailKind, tokenMails } from './mail-messages.ts';

/** Where the storefront's pages are; undefined where a person pastes the token instead. */
export type StorefrontUrl = string | undefined;

/** How a mail is written. */
export interface MailStyle {
  readonly locale: Locale;
  readonly storefrontUrl: StorefrontUrl;
}

/** The storefront's page that takes the token of a mail. */
export const MAIL_PAGES = {
  VERIFY_EMAIL: 'verify-email',
  RESET_PASSWORD: 'reset-password',
  INVITATION: 'accept-invitation',
  TICKET_OFFER: 'accept-ticket',
} as const;

/** A mail that tells the owner of a change. */
export function changeMail(kind: ChangeMailKind, { locale }: MailStyle): MailContent {
  const { title, body } = changeMails.write({ key: kind, values: {} }, locale);
  return { title, paragraphs: [body] };
}

/** A mail whose token lets the reader confirm an address or choose a password. */
export function credentialMail(kind: 'VERIFY_EMAIL' | 'RESET_PASSWORD', token: string, style: MailStyle): MailContent {
  return withToken(kind, token, style, tokenMails.write({ key: kind, values: { how: howOf(style) } }, style.locale));
}

/** A mail that invites its reader. Of the organisation it repeats the slug, which has no room for a link or a message. */
export function invitationMail(
  { organisationSlug, role }: InvitationMail,
  token: string,
  style: MailStyle,
): MailContent {
  const values = { organisation: organisationSlug, role, how: howOf(style) };
  return withToken('INVITATION', token, style, tokenMails.write({ key: 'INVITATION', values }, style.locale));
}

/** A mail that offers tickets to whoever reads it. */
export function offerMail(offer: Omit<TicketOffer, 'to'>, style: MailStyle): MailContent {
  const { token, titleName, venueName, startsAt, tickets, expiresAt, timeZone } = offer;
  const starts = { at: startsAt.toISOString(), timeZone };
  const until = { at: expiresAt.toISOString(), timeZone };
  const values = { titleName, venueName, starts, tickets, until, how: howOf(style) };
  const parts = tokenMails.write({ key: 'TICKET_OFFER', values }, style.locale);
  return withToken('TICKET_OFFER', token, style, parts);
}

function howOf({ storefrontUrl }: MailStyle): 'CODE' | 'LINK' {
  return storefrontUrl === undefined ? 'CODE' : 'LINK';
}

/** The token is in the link's fragment, which browsers send to no server. */
function withToken(
  kind: keyof typeof MAIL_PAGES,
  token: string,
  { storefrontUrl }: MailStyle,
  { title, body, note, action }: ReturnType<(typeof tokenMails)['write']>,
): MailContent {
  const content = { title, paragraphs: [body, note] };
  if (storefrontUrl === undefined) return { ...content, code: token };
  const url = `${storefrontUrl.replace(/\/+$/, '')}/${MAIL_PAGES[kind]}#token=${token}`;
  return { ...content, action: { label: action, url } };
}
