import { defineMessages } from '@marquee/messages';

const DECLINES = [
  'insufficient_funds',
  'card_declined',
  'invalid_card',
  'expired_card',
  'authentication_failed',
  'unknown',
] as const;

const WHY = {
  en: '{decline, select, insufficient_funds {: insufficient funds} card_declined {: the bank declined the card} invalid_card {: the card is not valid} expired_card {: the card has expired} authentication_failed {: the payment was not approved} other {}}',
  de: '{decline, select, insufficient_funds {: nicht genügend Guthaben} card_declined {: Die Bank hat die Karte abgelehnt} invalid_card {: Die Karte ist ungültig} expired_card {: Die Karte ist abgelaufen} authentication_failed {: Die Zahlung wurde nicht freigegeben} other {}}',
  hi: '{decline, select, insufficient_funds {: खाते में पर्याप्त राशि नहीं है} card_declined {: बैंक ने कार्ड अस्वीकार कर दिया} invalid_card {: कार्ड मान्य नहीं है} expired_card {: कार्ड की अवधि समाप्त हो गई है} authentication_failed {: भुगतान की पुष्टि नहीं हुई} other {}}',
} as const;

/** Messages about payments, refunds, memberships and recurring payments. */
export const billingMessages = defineMessages<'title' | 'body'>()({
  paymentFailed: {
    values: { titleName: 'text?', amount: 'money', decline: DECLINES },
    en: {
      title: 'Your payment{titleNameGiven, select, yes { for {titleName}} other {}} did not go through',
      body: `{amount} could not be charged${WHY.en}. Try again or pay another way while your seats are held.`,
    },
    de: {
      title: 'Ihre Zahlung{titleNameGiven, select, yes { für {titleName}} other {}} ist fehlgeschlagen',
      body: `{amount} konnten nicht abgebucht werden${WHY.de}. Versuchen Sie es noch einmal oder zahlen Sie anders, solange Ihre Plätze reserviert sind.`,
    },
    hi: {
      title: '{titleNameGiven, select, yes {{titleName} के लिए } other {}}आपका भुगतान नहीं हो सका',
      body: `{amount} का भुगतान नहीं हो सका${WHY.hi}। जब तक सीटें आरक्षित हैं, फिर से कोशिश करें या किसी और तरीक़े से भुगतान करें।`,
    },
  },
  topUpFailed: {
    values: { amount: 'money', decline: DECLINES },
    en: {
      title: 'Your top-up did not go through',
      body: `{amount} could not be charged${WHY.en}. Your wallet balance has not changed. Try again or use another card.`,
    },
    de: {
      title: 'Ihre Aufladung ist fehlgeschlagen',
      body: `{amount} konnten nicht abgebucht werden${WHY.de}. Ihr Guthaben ist unverändert. Versuchen Sie es noch einmal oder mit einer anderen Karte.`,
    },
    hi: {
      title: 'वॉलेट में राशि नहीं जोड़ी जा सकी',
      body: `{amount} का भुगतान नहीं हो सका${WHY.hi}। आपके वॉलेट की राशि वही है। फिर से कोशिश करें या दूसरा कार्ड इस्तेमाल करें।`,
    },
  },
  refunded: {
    values: { amount: 'money', method: ['CARD', 'WALLET'] },
    en: {
      title: '{amount} refunded',
      body: '{method, select, WALLET {{amount} is back in your wallet, to pay your next booking with.} other {{amount} was refunded to your card. Banks may take a few days to show it.}}',
    },
    de: {
      title: '{amount} erstattet',
      body: '{method, select, WALLET {{amount} sind zurück auf Ihrem Guthaben, für Ihre nächste Buchung.} other {{amount} wurden auf Ihre Karte erstattet. Bei der Bank kann das einige Tage dauern.}}',
    },
    hi: {
      title: '{amount} वापस किए गए',
      body: '{method, select, WALLET {{amount} आपके वॉलेट में वापस आ गए हैं। इनसे अगली बुकिंग का भुगतान करें।} other {{amount} आपके कार्ड पर वापस कर दिए गए हैं। बैंक में दिखने में कुछ दिन लग सकते हैं।}}',
    },
  },
  renewed: {
    values: { planName: 'text?', amount: 'money', next: 'day' },
    en: {
      title: '{planNameGiven, select, yes {{planName} renewed} other {{amount} added to your wallet}}',
      body: 'You paid {amount}. The next charge is on {next}.',
    },
    de: {
      title: '{planNameGiven, select, yes {{planName} verlängert} other {Guthaben um {amount} aufgeladen}}',
      body: 'Sie haben {amount} bezahlt. Die nächste Abbuchung ist am {next}.',
    },
    hi: {
      title: '{planNameGiven, select, yes {{planName} का नवीनीकरण हुआ} other {आपके वॉलेट में {amount} जोड़े गए}}',
      body: 'आपने {amount} का भुगतान किया। अगला भुगतान {next} को होगा।',
    },
  },
  renewalFailed: {
    values: { planName: 'text?', amount: 'money', nextTry: 'day' },
    en: {
      title: '{planNameGiven, select, yes {{planName}} other {Your recurring payment}} could not be renewed',
      body: '{amount} could not be charged. It is tried again on {nextTry}. If you use another card now, save it as your default card.',
    },
    de: {
      title:
        '{planNameGiven, select, yes {{planName}} other {Ihre wiederkehrende Zahlung}} konnte nicht verlängert werden',
      body: '{amount} konnten nicht abgebucht werden. Wir versuchen es am {nextTry} noch einmal. Falls Sie jetzt eine andere Karte nutzen, speichern Sie sie als Standardkarte.',
    },
    hi: {
      title: '{planNameGiven, select, yes {{planName}} other {आपके आवर्ती भुगतान}} का नवीनीकरण नहीं हो सका',
      body: '{amount} का भुगतान नहीं हो सका। {nextTry} को फिर से कोशिश की जाएगी। अगर अब आप दूसरा कार्ड इस्तेमाल करते हैं, तो उसे अपना मुख्य कार्ड बनाएँ।',
    },
  },
  renewalEnded: {
    values: { planName: 'text?', amount: 'money' },
    en: {
      title: '{planNameGiven, select, yes {{planName}} other {Your recurring payment}} has ended',
      body: '{amount} could not be charged. It was the last try.',
    },
    de: {
      title: '{planNameGiven, select, yes {{planName}} other {Ihre wiederkehrende Zahlung}} ist beendet',
      body: '{amount} konnten nicht abgebucht werden. Es war der letzte Versuch.',
    },
    hi: {
      title: '{planNameGiven, select, yes {{planName}} other {आपका आवर्ती भुगतान}} समाप्त हो गया है',
      body: '{amount} का भुगतान नहीं हो सका। यह आख़िरी कोशिश थी।',
    },
  },
  trialEnding: {
    values: { planName: 'text?', amount: 'money', ends: 'day' },
    en: {
      title: 'Your trial of {planNameGiven, select, yes {{planName}} other {your plan}} ends soon',
      body: 'From {ends} on it costs {amount}. Cancel before if you do not want to pay for it.',
    },
    de: {
      title: 'Ihr Probezeitraum{planNameGiven, select, yes { für {planName}} other {}} endet bald',
      body: 'Ab dem {ends} kostet Ihr Tarif {amount}. Kündigen Sie vorher, wenn Sie nicht zahlen möchten.',
    },
    hi: {
      title: '{planNameGiven, select, yes {{planName} की } other {}}आपकी परीक्षण अवधि जल्द समाप्त होगी',
      body: '{ends} से इसका शुल्क {amount} होगा। भुगतान नहीं करना चाहते, तो उससे पहले रद्द कर दें।',
    },
  },
});
