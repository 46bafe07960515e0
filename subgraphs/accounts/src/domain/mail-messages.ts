import { defineMessages } from '@marquee/messages';
import { ORGANISATION_ROLES } from '@marquee/subgraph';

import type { MailKind } from './mail.ts';

const NOT_YOU = {
  en: 'If this was not you, reset your password now and look through your devices.',
  de: 'Falls Sie das nicht waren, setzen Sie jetzt Ihr Passwort zurück und prüfen Sie Ihre Geräte.',
  hi: 'अगर यह आपने नहीं किया, तो अभी अपना पासवर्ड रीसेट करें और अपने डिवाइस जाँचें।',
} as const;
const SIGNED_OUT = {
  en: `Your other devices were signed out. ${NOT_YOU.en}`,
  de: `Ihre anderen Geräte wurden abgemeldet. ${NOT_YOU.de}`,
  hi: `आपके अन्य डिवाइस साइन आउट कर दिए गए हैं। ${NOT_YOU.hi}`,
} as const;

/** Mails that tell the owner of a change. Like every mail they repeat nothing that a stranger could have typed. */
export const changeMails = defineMessages<'title' | 'body'>()({
  EMAIL_CHANGE_REQUESTED: {
    values: {},
    en: {
      title: 'Your email address is about to change',
      body: `Somebody with your password asked to sign in with another email address. It changes once they open the mail that we sent there. ${NOT_YOU.en}`,
    },
    de: {
      title: 'Ihre E-Mail-Adresse wird bald geändert',
      body: `Jemand mit Ihrem Passwort möchte sich mit einer anderen E-Mail-Adresse anmelden. Sie ändert sich, sobald unsere Nachricht an die neue Adresse bestätigt wird. ${NOT_YOU.de}`,
    },
    hi: {
      title: 'आपका ईमेल पता बदलने वाला है',
      body: `आपका पासवर्ड जानने वाले किसी व्यक्ति ने दूसरे ईमेल पते से साइन इन करने का अनुरोध किया है। वहाँ भेजा गया हमारा मेल खोलते ही पता बदल जाएगा। ${NOT_YOU.hi}`,
    },
  },
  EMAIL_CHANGED: {
    values: {},
    en: {
      title: 'Your email address was changed',
      body: 'Your account has another email address now, and mail no longer reaches you here. If this was not you, write to our support at once.',
    },
    de: {
      title: 'Ihre E-Mail-Adresse wurde geändert',
      body: 'Ihr Konto hat jetzt eine andere E-Mail-Adresse. Hier erreichen wir Sie nicht mehr. Falls Sie das nicht waren, schreiben Sie sofort unserem Support.',
    },
    hi: {
      title: 'आपका ईमेल पता बदल दिया गया है',
      body: 'आपके खाते का ईमेल पता अब दूसरा है और अब यहाँ मेल नहीं आएँगे। अगर यह आपने नहीं किया, तो तुरंत हमारी सहायता टीम को लिखें।',
    },
  },
  PASSWORD_CHANGED: {
    values: {},
    en: { title: 'Your password was changed', body: SIGNED_OUT.en },
    de: { title: 'Ihr Passwort wurde geändert', body: SIGNED_OUT.de },
    hi: { title: 'आपका पासवर्ड बदल दिया गया है', body: SIGNED_OUT.hi },
  },
  PASSWORD_RESET: {
    values: {},
    en: { title: 'Your password was reset', body: `All your devices were signed out. ${NOT_YOU.en}` },
    de: { title: 'Ihr Passwort wurde zurückgesetzt', body: `Alle Ihre Geräte wurden abgemeldet. ${NOT_YOU.de}` },
    hi: {
      title: 'आपका पासवर्ड रीसेट कर दिया गया है',
      body: `आपके सभी डिवाइस साइन आउट कर दिए गए हैं। ${NOT_YOU.hi}`,
    },
  },
  TOTP_ENABLED: {
    values: {},
    en: { title: 'Authenticator app added', body: `Signing in now asks for a code of your app. ${SIGNED_OUT.en}` },
    de: {
      title: 'Authenticator-App hinzugefügt',
      body: `Beim Anmelden wird jetzt ein Code Ihrer App verlangt. ${SIGNED_OUT.de}`,
    },
    hi: {
      title: 'ऑथेंटिकेटर ऐप जोड़ा गया',
      body: `अब साइन इन करते समय आपके ऐप का कोड माँगा जाएगा। ${SIGNED_OUT.hi}`,
    },
  },
  TOTP_DISABLED: {
    values: {},
    en: { title: 'Authenticator app removed', body: `Signing in no longer asks for a code. ${SIGNED_OUT.en}` },
    de: { title: 'Authenticator-App entfernt', body: `Beim Anmelden wird kein Code mehr verlangt. ${SIGNED_OUT.de}` },
    hi: { title: 'ऑथेंटिकेटर ऐप हटाया गया', body: `अब साइन इन करते समय कोड नहीं माँगा जाएगा। ${SIGNED_OUT.hi}` },
  },
  PASSKEY_ADDED: {
    values: {},
    en: { title: 'Passkey added', body: `It signs in without a password. ${SIGNED_OUT.en}` },
    de: { title: 'Passkey hinzugefügt', body: `Mit ihm melden Sie sich ohne Passwort an. ${SIGNED_OUT.de}` },
    hi: { title: 'पासकी जोड़ी गई', body: `इससे बिना पासवर्ड के साइन इन होता है। ${SIGNED_OUT.hi}` },
  },
  PASSKEY_REMOVED: {
    values: {},
    en: { title: 'Passkey removed', body: SIGNED_OUT.en },
    de: { title: 'Passkey entfernt', body: SIGNED_OUT.de },
    hi: { title: 'पासकी हटाई गई', body: SIGNED_OUT.hi },
  },
  PROVIDER_LINKED: {
    values: {},
    en: {
      title: 'Sign-in with another account added',
      body: `An account of yours at another provider now signs in to this one. ${NOT_YOU.en}`,
    },
    de: {
      title: 'Anmeldung über ein anderes Konto hinzugefügt',
      body: `Ein Konto von Ihnen bei einem anderen Anbieter meldet Sie jetzt auch hier an. ${NOT_YOU.de}`,
    },
    hi: {
      title: 'दूसरे खाते से साइन इन जोड़ा गया',
      body: `अब किसी दूसरे प्रदाता पर आपके खाते से यहाँ साइन इन किया जा सकता है। ${NOT_YOU.hi}`,
    },
  },
  PROVIDER_UNLINKED: {
    values: {},
    en: {
      title: 'Sign-in with another account removed',
      body: `An account of yours at another provider no longer signs in to this one. ${SIGNED_OUT.en}`,
    },
    de: {
      title: 'Anmeldung über ein anderes Konto entfernt',
      body: `Ein Konto von Ihnen bei einem anderen Anbieter meldet Sie hier nicht mehr an. ${SIGNED_OUT.de}`,
    },
    hi: {
      title: 'दूसरे खाते से साइन इन हटाया गया',
      body: `किसी दूसरे प्रदाता पर आपके खाते से अब यहाँ साइन इन नहीं किया जा सकता। ${SIGNED_OUT.hi}`,
    },
  },
  PASSKEY_COPIED: {
    values: {},
    en: {
      title: 'A copy of your passkey was used',
      body: 'We refused it, and the passkey signs in no more. Remove it from your account and add a new one.',
    },
    de: {
      title: 'Eine Kopie Ihres Passkeys wurde verwendet',
      body: 'Wir haben sie abgelehnt, und der Passkey gilt nicht mehr. Entfernen Sie ihn aus Ihrem Konto und fügen Sie einen neuen hinzu.',
    },
    hi: {
      title: 'आपकी पासकी की एक नक़ल इस्तेमाल की गई',
      body: 'हमने उसे अस्वीकार कर दिया और यह पासकी अब काम नहीं करेगी। इसे अपने खाते से हटाएँ और नई जोड़ें।',
    },
  },
});

const HOW = ['LINK', 'CODE'] as const;
const WITH = {
  en: '{how, select, LINK {with the link below} other {with the code below}}',
  de: '{how, select, LINK {mit dem Link unten} other {mit dem Code unten}}',
  hi: '{how, select, LINK {नीचे दिए गए लिंक} other {नीचे दिए गए कोड}} से',
} as const;

/** Mails with a token, as a link or as a code. The names in an offer are the catalog's; nothing of the sender is repeated. */
export const tokenMails = defineMessages<'title' | 'body' | 'note' | 'action'>()({
  VERIFY_EMAIL: {
    values: { how: HOW },
    en: {
      title: 'Confirm your email address',
      body: `Confirm that this is your email address ${WITH.en}.`,
      note: 'It works for 24 hours. If you did not ask for it, do nothing: the address is not used without you.',
      action: 'Confirm',
    },
    de: {
      title: 'Bestätigen Sie Ihre E-Mail-Adresse',
      body: `Bestätigen Sie ${WITH.de}, dass dies Ihre E-Mail-Adresse ist.`,
      note: 'Das geht 24 Stunden lang. Falls Sie nicht darum gebeten haben, tun Sie nichts: Ohne Sie wird die Adresse nicht verwendet.',
      action: 'Bestätigen',
    },
    hi: {
      title: 'अपने ईमेल पते की पुष्टि करें',
      body: `${WITH.hi} पुष्टि करें कि यह आपका ईमेल पता है।`,
      note: 'यह 24 घंटे तक काम करेगा। अगर आपने इसका अनुरोध नहीं किया, तो कुछ न करें: आपके बिना यह पता इस्तेमाल नहीं होगा।',
      action: 'पुष्टि करें',
    },
  },
  RESET_PASSWORD: {
    values: { how: HOW },
    en: {
      title: 'Reset your password',
      body: `Choose a new password ${WITH.en}.`,
      note: 'It works for an hour, once. If you did not ask for it, do nothing: your password stays as it is.',
      action: 'Choose a password',
    },
    de: {
      title: 'Passwort zurücksetzen',
      body: `Wählen Sie ${WITH.de} ein neues Passwort.`,
      note: 'Das geht eine Stunde lang, einmal. Falls Sie nicht darum gebeten haben, tun Sie nichts: Ihr Passwort bleibt, wie es ist.',
      action: 'Passwort wählen',
    },
    hi: {
      title: 'अपना पासवर्ड रीसेट करें',
      body: `${WITH.hi} नया पासवर्ड चुनें।`,
      note: 'यह एक घंटे तक, एक बार काम करेगा। अगर आपने इसका अनुरोध नहीं किया, तो कुछ न करें: आपका पासवर्ड वैसा ही रहेगा।',
      action: 'पासवर्ड चुनें',
    },
  },
  INVITATION: {
    values: { organisation: 'text', role: ORGANISATION_ROLES, how: HOW },
    en: {
      title: 'An invitation of {organisation}',
      body: `You are invited to work for the organisation {organisation}, {role, select, OWNER {as an owner} MANAGER {as a manager} BOX_OFFICE {at the box office} SCANNER {scanning tickets} other {looking after its finances}}. Sign in with this address, then accept ${WITH.en}.`,
      note: 'It works for a week, once. If you do not know the organisation, do nothing.',
      action: 'Accept',
    },
    de: {
      title: 'Eine Einladung von {organisation}',
      body: `Sie sind eingeladen, für {organisation} zu arbeiten, {role, select, OWNER {als Inhaber oder Inhaberin} MANAGER {in der Leitung} BOX_OFFICE {an der Kasse} SCANNER {beim Einlass} other {in der Buchhaltung}}. Melden Sie sich mit dieser Adresse an und nehmen Sie ${WITH.de} an.`,
      note: 'Das geht eine Woche lang, einmal. Falls Sie {organisation} nicht kennen, tun Sie nichts.',
      action: 'Annehmen',
    },
    hi: {
      title: '{organisation} का निमंत्रण',
      body: `आपको {organisation} के लिए काम करने का निमंत्रण मिला है: {role, select, OWNER {मालिक के रूप में} MANAGER {प्रबंधक के रूप में} BOX_OFFICE {टिकट खिड़की पर} SCANNER {टिकट जाँचने के लिए} other {हिसाब-किताब के लिए}}। इस पते से साइन इन करें, फिर ${WITH.hi} स्वीकार करें।`,
      note: 'यह एक हफ़्ते तक, एक बार काम करेगा। अगर आप {organisation} को नहीं जानते, तो कुछ न करें।',
      action: 'स्वीकार करें',
    },
  },
  TICKET_OFFER: {
    values: {
      ...{ titleName: 'text', venueName: 'text', starts: 'moment', tickets: 'count', until: 'moment', how: HOW },
    },
    en: {
      title: '{tickets, plural, one {A ticket} other {# tickets}} for you',
      body: `Somebody has {tickets, plural, one {a ticket} other {# tickets}} for you: {titleName} at {venueName}, {starts}. Accept {tickets, plural, one {it} other {them}} ${WITH.en}.`,
      note: 'It works until {until} at the venue, once, for whoever opens it: do not pass it on.',
      action: 'Accept',
    },
    de: {
      title: '{tickets, plural, one {Ein Ticket} other {# Tickets}} für Sie',
      body: `Jemand hat {tickets, plural, one {ein Ticket} other {# Tickets}} für Sie: {titleName}, {venueName}, {starts}. Nehmen Sie {tickets, plural, one {es} other {sie}} ${WITH.de} an.`,
      note: 'Das geht bis {until} (Zeit am Veranstaltungsort), einmal, für alle, die ihn öffnen: Geben Sie ihn nicht weiter.',
      action: 'Annehmen',
    },
    hi: {
      title: 'आपके लिए {tickets, plural, one {एक टिकट} other {# टिकट}}',
      body: `किसी ने आपको {tickets, plural, one {एक टिकट भेजा है} other {# टिकट भेजे हैं}}: {titleName}, {venueName}, {starts}। {tickets, plural, one {इसे} other {इन्हें}} ${WITH.hi} स्वीकार करें।`,
      note: 'यह {until} (आयोजन स्थल के समय) तक, एक बार, इसे खोलने वाले किसी भी व्यक्ति के लिए काम करेगा: इसे आगे न भेजें।',
      action: 'स्वीकार करें',
    },
  },
});

export type ChangeMailKind = Exclude<MailKind, keyof (typeof tokenMails)['definitions']>;
