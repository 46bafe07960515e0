import type { MailKind, TicketOffer } from './mail.ts';

type Notice = Exclude<MailKind, 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'TICKET_OFFER'>;
type Text = { readonly subject: string; readonly text: string };

/** Where the storefront's pages are; undefined where a person pastes the token instead. */
export type StorefrontUrl = string | undefined;

const NOT_YOU = 'If this was not you, reset your password now and look through your devices.';

const NOTICES: Readonly<Record<Notice, Text>> = {
  EMAIL_CHANGE_REQUESTED: {
    subject: 'Your email address is about to change',
    text: `Somebody with your password asked to sign in with another email address. It changes once they open the mail that we sent there. ${NOT_YOU}`,
  },
  EMAIL_CHANGED: {
    subject: 'Your email address was changed',
    text: 'Your account has another email address now, and mail no longer reaches you here. If this was not you, write to our support at once.',
  },
  PASSWORD_CHANGED: { subject: 'Your password was changed', text: `Your other devices were signed out. ${NOT_YOU}` },
  PASSWORD_RESET: { subject: 'Your password was reset', text: `All your devices were signed out. ${NOT_YOU}` },
  TOTP_ENABLED: {
    subject: 'Authenticator app added',
    text: `Signing in now asks for a code of your app. Your other devices were signed out. ${NOT_YOU}`,
  },
  TOTP_DISABLED: {
    subject: 'Authenticator app removed',
    text: `Signing in no longer asks for a code. Your other devices were signed out. ${NOT_YOU}`,
  },
  PASSKEY_ADDED: {
    subject: 'Passkey added',
    text: `It signs in without a password. Your other devices were signed out. ${NOT_YOU}`,
  },
  PASSKEY_REMOVED: { subject: 'Passkey removed', text: `Your other devices were signed out. ${NOT_YOU}` },
  PASSKEY_COPIED: {
    subject: 'A copy of your passkey was used',
    text: 'We refused it, and the passkey signs in no more. Remove it from your account and add a new one.',
  },
};

/** A mail that tells the owner of a change. Like every mail it repeats nothing that a stranger could have typed. */
export function noticeText(kind: Notice): Text {
  return NOTICES[kind];
}

export function verificationText(token: string, storefront: StorefrontUrl): Text {
  const what = 'Confirm that this is your email address';
  const rest = 'It works for 24 hours. If you did not ask for it, do nothing: the address is not used without you.';
  return {
    subject: 'Confirm your email address',
    text: withToken(what, token, pageOf(storefront, 'verify-email'), rest),
  };
}

export function resetText(token: string, storefront: StorefrontUrl): Text {
  const what = 'Choose a new password';
  const rest = 'It works for an hour, once. If you did not ask for it, do nothing: your password stays as it is.';
  return {
    subject: 'Reset your password',
    text: withToken(what, token, pageOf(storefront, 'reset-password'), rest),
  };
}

/** The names in it are the catalog's; nothing of the sender is repeated. */
export function offerText(offer: Omit<TicketOffer, 'to'>, storefront: StorefrontUrl): Text {
  const { token, titleName, venueName, startsAt, tickets, expiresAt, timeZone } = offer;
  const [what, them] = tickets === 1 ? ['a ticket', 'it'] : [`${tickets} tickets`, 'them'];
  const until = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
  const offered = `Somebody has ${what} for you:\n\n${titleName}\n${venueName}, ${startsAt}\n\nAccept ${them}`;
  const rest = `It works until ${until.format(expiresAt)} at the venue, once, for whoever opens it: do not pass it on.`;
  return {
    subject: tickets === 1 ? 'A ticket for you' : `${tickets} tickets for you`,
    text: withToken(offered, token, pageOf(storefront, 'accept-ticket'), rest),
  };
}

function pageOf(storefront: StorefrontUrl, name: string): string | undefined {
  return storefront && `${storefront.replace(/\/+$/, '')}/${name}`;
}

/** The token is in the link's fragment, which browsers send to no server. */
function withToken(what: string, token: string, page: string | undefined, rest: string): string {
  const how = page === undefined ? `with this code:\n\n${token}` : `here:\n\n${page}#token=${token}`;
  return `${what} ${how}\n\n${rest}`;
}
