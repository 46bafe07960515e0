import { defineMessages } from '@marquee/messages';

/** The words of the page that share links lead to. */
export const invitationMessages = defineMessages<'text'>()({
  invited: {
    values: {},
    en: { text: 'You are invited to Marquee' },
    de: { text: 'Sie sind zu Marquee eingeladen' },
    hi: { text: 'आपको Marquee पर आमंत्रित किया गया है' },
  },
  reward: {
    values: { days: 'count' },
    en: {
      text: 'Create an account with this code. {days, plural, =0 {Once} one {A day after} other {# days after}} you have been to your first booking, you and whoever invited you each get a reward in your wallets:',
    },
    de: {
      text: 'Legen Sie mit diesem Code ein Konto an. {days, plural, =0 {Sobald Sie Ihre erste Buchung besucht haben, erhalten} one {Einen Tag nach dem Besuch Ihrer ersten Buchung erhalten} other {# Tage nach dem Besuch Ihrer ersten Buchung erhalten}} Sie und wer Sie eingeladen hat je ein Guthaben:',
    },
    hi: {
      text: 'इस कोड से खाता बनाएँ। {days, plural, =0 {अपनी पहली बुकिंग पर आने के बाद} one {अपनी पहली बुकिंग पर आने के एक दिन बाद} other {अपनी पहली बुकिंग पर आने के # दिन बाद}} आपको और आमंत्रित करने वाले, दोनों को वॉलेट में इनाम मिलेगा:',
    },
  },
  amount: {
    values: { amount: 'money' },
    en: { text: '{amount}' },
    de: { text: '{amount}' },
    hi: { text: '{amount}' },
  },
  orLike: {
    values: {},
    en: { text: 'or about as much in your currency.' },
    de: { text: 'oder etwa so viel in Ihrer Währung.' },
    hi: { text: 'या आपकी मुद्रा में लगभग इतना ही।' },
  },
  how: {
    values: {},
    en: {
      text: 'Enter the code when you sign up, with a password or with an account that you have elsewhere. It counts for new accounts with a verified email address, and for bookings of at least four times the reward.',
    },
    de: {
      text: 'Geben Sie den Code bei der Anmeldung ein, mit einem Passwort oder mit einem Konto, das Sie anderswo haben. Er gilt für neue Konten mit bestätigter E-Mail-Adresse und für Buchungen ab dem Vierfachen des Guthabens.',
    },
    hi: {
      text: 'साइन अप करते समय यह कोड दर्ज करें, चाहे पासवर्ड से या किसी दूसरी जगह के अपने खाते से। यह सत्यापित ईमेल पते वाले नए खातों और इनाम के कम से कम चार गुना मूल्य की बुकिंग पर लागू होता है।',
    },
  },
  signUp: {
    values: {},
    en: { text: 'Sign up' },
    de: { text: 'Konto anlegen' },
    hi: { text: 'साइन अप करें' },
  },
  apps: {
    values: {},
    en: { text: 'Apps send the code with either of these:' },
    de: { text: 'Apps senden den Code mit einer dieser Operationen:' },
    hi: { text: 'ऐप इनमें से किसी एक के साथ कोड भेजते हैं:' },
  },
  incomplete: {
    values: {},
    en: { text: 'This link is not complete. Ask whoever sent it to you for the code.' },
    de: { text: 'Dieser Link ist unvollständig. Fragen Sie nach dem Code bei der Person, die ihn geschickt hat.' },
    hi: { text: 'यह लिंक अधूरा है। जिसने इसे भेजा है, उससे कोड पूछें।' },
  },
});
