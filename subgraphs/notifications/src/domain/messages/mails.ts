import { defineMessages } from '@marquee/messages';

import { ABOUT, KINDS } from './phrases.ts';

/** The words around the notices of a mail, and of the page that ends mails. */
export const mailMessages = defineMessages<'text'>()({
  open: {
    values: {},
    en: { text: 'Open in Marquee' },
    de: { text: 'In Marquee öffnen' },
    hi: { text: 'Marquee में खोलें' },
  },
  tickets: {
    values: {},
    en: { text: 'Show my tickets' },
    de: { text: 'Meine Tickets anzeigen' },
    hi: { text: 'मेरे टिकट दिखाएँ' },
  },
  bookingNumber: {
    values: { bookingId: 'text' },
    en: { text: 'Booking number: {bookingId}' },
    de: { text: 'Buchungsnummer: {bookingId}' },
    hi: { text: 'बुकिंग संख्या: {bookingId}' },
  },
  more: {
    values: { count: 'count' },
    en: { text: '{count, plural, one {One more is} other {# more are}} in your notifications.' },
    de: { text: '{count, plural, one {Eine weitere finden} other {# weitere finden}} Sie in Ihren Mitteilungen.' },
    hi: { text: '{count, plural, one {एक और सूचना} other {# और सूचनाएँ}} अपनी सूचनाओं में देखें।' },
  },
  why: {
    values: { kind: KINDS },
    en: {
      text: `{kind, select, ACCOUNT {This mail is about the security of your account. It reaches you whatever you chose.} other {You get mail about ${ABOUT.en} because your notification settings say so.}}`,
    },
    de: {
      text: `{kind, select, ACCOUNT {In dieser E-Mail geht es um die Sicherheit Ihres Kontos. Sie erreicht Sie immer.} other {Sie erhalten E-Mails zu ${ABOUT.de}, weil Ihre Einstellungen das vorsehen.}}`,
    },
    hi: {
      text: `{kind, select, ACCOUNT {यह मेल आपके खाते की सुरक्षा के बारे में है। यह हर हाल में आपको भेजा जाता है।} other {आपकी सेटिंग के अनुसार आपको ${ABOUT.hi} के बारे में मेल भेजे जाते हैं।}}`,
    },
  },
  unsubscribe: {
    values: { kind: KINDS },
    en: { text: `Stop mail about ${ABOUT.en}` },
    de: { text: `Keine E-Mails mehr zu ${ABOUT.de}` },
    hi: { text: `${ABOUT.hi} के बारे में मेल बंद करें` },
  },
  unsubscribed: {
    values: { kind: KINDS },
    en: { text: `You get no more mail about ${ABOUT.en}. Your notification settings turn it on again.` },
    de: {
      text: `Sie erhalten keine E-Mails mehr zu ${ABOUT.de}. In Ihren Mitteilungseinstellungen schalten Sie sie wieder ein.`,
    },
    hi: {
      text: `अब आपको ${ABOUT.hi} के बारे में मेल नहीं भेजे जाएँगे। सूचना सेटिंग में आप इन्हें फिर से चालू कर सकते हैं।`,
    },
  },
  linkBroken: {
    values: {},
    en: { text: 'This link does not work. Open the newest mail, or change your notification settings in Marquee.' },
    de: {
      text: 'Dieser Link funktioniert nicht. Öffnen Sie die neueste E-Mail oder ändern Sie Ihre Mitteilungseinstellungen in Marquee.',
    },
    hi: { text: 'यह लिंक काम नहीं करता। सबसे नया मेल खोलें या Marquee में अपनी सूचना सेटिंग बदलें।' },
  },
});
