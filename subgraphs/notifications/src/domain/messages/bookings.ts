import { defineMessages } from '@marquee/messages';

import { REASON, SEATS } from './phrases.ts';

const SHOW = { titleName: 'text', venueName: 'text', starts: 'moment' } as const;
const SETTLEMENTS = ['SOURCE', 'WALLET', 'NOT_CHARGED', 'DISPUTED', 'NOTHING'] as const;

/** Messages about bookings, holds and waitlists. */
export const bookingMessages = defineMessages<'title' | 'body'>()({
  bookingConfirmed: {
    values: { ...SHOW, seats: 'list', total: 'money' },
    en: { title: 'Booked: {titleName}', body: `{titleName} at {venueName}, {starts}. ${SEATS.en}. You paid {total}.` },
    de: {
      title: 'Gebucht: {titleName}',
      body: `{titleName}, {venueName}, {starts}. ${SEATS.de}. Sie haben {total} bezahlt.`,
    },
    hi: {
      title: 'बुकिंग पक्की: {titleName}',
      body: `{titleName}, {venueName}, {starts}। ${SEATS.hi}। आपने {total} का भुगतान किया।`,
    },
  },
  bookingCancelled: {
    values: {
      ...{ ...SHOW, part: ['ALL', 'SOME'], seats: 'list', reason: 'sentence?', refund: 'money?' },
      settlement: SETTLEMENTS,
    },
    en: {
      title: 'Cancelled: {titleName}',
      body: `{part, select, SOME {Some of your tickets for {titleName} at {venueName}, {starts}, were cancelled: ${SEATS.en}.} other {Your booking for {titleName} at {venueName}, {starts}, was cancelled.}}${REASON} {settlement, select, SOURCE {{refund} is being refunded.} WALLET {{refund} is being refunded to your wallet.} NOT_CHARGED {You were not charged.} DISPUTED {Your bank took the payment back, so the tickets are no longer valid.} other {Nothing is refunded.}}`,
    },
    de: {
      title: 'Storniert: {titleName}',
      body: `{part, select, SOME {Einige Ihrer Tickets für {titleName}, {venueName}, {starts}, wurden storniert: ${SEATS.de}.} other {Ihre Buchung für {titleName}, {venueName}, {starts}, wurde storniert.}}${REASON} {settlement, select, SOURCE {Wir erstatten Ihnen {refund}.} WALLET {Wir erstatten {refund} auf Ihr Guthaben.} NOT_CHARGED {Ihnen wurde nichts berechnet.} DISPUTED {Ihre Bank hat die Zahlung zurückgeholt, deshalb sind die Tickets nicht mehr gültig.} other {Es wird nichts erstattet.}}`,
    },
    hi: {
      title: 'रद्द: {titleName}',
      body: `{part, select, SOME {{titleName}, {venueName}, {starts} के आपके कुछ टिकट रद्द हो गए हैं: ${SEATS.hi}।} other {{titleName}, {venueName}, {starts} की आपकी बुकिंग रद्द हो गई है।}}${REASON} {settlement, select, SOURCE {{refund} वापस किए जा रहे हैं।} WALLET {{refund} आपके वॉलेट में वापस किए जा रहे हैं।} NOT_CHARGED {आपसे कोई शुल्क नहीं लिया गया।} DISPUTED {आपके बैंक ने भुगतान वापस ले लिया है, इसलिए टिकट अब मान्य नहीं हैं।} other {कोई राशि वापस नहीं की जाएगी।}}`,
    },
  },
  bookingRescheduled: {
    values: { ...SHOW, seats: 'list', refund: 'money?' },
    en: {
      title: 'Moved: {titleName}',
      body: `Your booking is now for {titleName} at {venueName}, {starts}. ${SEATS.en}. Your old tickets are no longer valid.{refundGiven, select, yes { {refund} is being refunded.} other {}}`,
    },
    de: {
      title: 'Umgebucht: {titleName}',
      body: `Ihre Buchung gilt jetzt für {titleName}, {venueName}, {starts}. ${SEATS.de}. Ihre bisherigen Tickets sind nicht mehr gültig.{refundGiven, select, yes { Wir erstatten Ihnen {refund}.} other {}}`,
    },
    hi: {
      title: 'बुकिंग बदली: {titleName}',
      body: `आपकी बुकिंग अब {titleName}, {venueName}, {starts} के लिए है। ${SEATS.hi}। आपके पुराने टिकट अब मान्य नहीं हैं।{refundGiven, select, yes { {refund} वापस किए जा रहे हैं।} other {}}`,
    },
  },
  showMoved: {
    values: { ...SHOW, previousStarts: 'moment', freeUntil: 'moment?' },
    en: {
      title: 'New time: {titleName}',
      body: '{titleName} at {venueName} now starts on {starts} instead of {previousStarts}. Your tickets stay valid.{freeUntilGiven, select, yes { If it does not suit you, cancel for a full refund until {freeUntil}.} other {}}',
    },
    de: {
      title: 'Neue Zeit: {titleName}',
      body: '{titleName}, {venueName}, beginnt jetzt am {starts} statt am {previousStarts}. Ihre Tickets bleiben gültig.{freeUntilGiven, select, yes { Falls Ihnen das nicht passt, stornieren Sie bis {freeUntil} und erhalten den vollen Preis zurück.} other {}}',
    },
    hi: {
      title: 'नया समय: {titleName}',
      body: '{titleName}, {venueName} अब {previousStarts} के बजाय {starts} शुरू होगा। आपके टिकट मान्य रहेंगे।{freeUntilGiven, select, yes { अगर यह समय आपके लिए ठीक नहीं है, तो {freeUntil} तक रद्द करके पूरी राशि वापस पाएँ।} other {}}',
    },
  },
  holdExpiring: {
    values: { titleName: 'text', minutes: 'count' },
    en: {
      title: 'Your seats for {titleName} are about to be released',
      body: 'They are held for {minutes, plural, one {# minute} other {# minutes}} more. Book them before somebody else can.',
    },
    de: {
      title: 'Ihre Plätze für {titleName} werden bald freigegeben',
      body: 'Sie sind noch {minutes, plural, one {# Minute} other {# Minuten}} für Sie reserviert. Buchen Sie, bevor es jemand anders tut.',
    },
    hi: {
      title: '{titleName} की आपकी सीटें जल्द ही छोड़ दी जाएँगी',
      body: 'वे {minutes, plural, one {# मिनट} other {# मिनट}} और आपके लिए आरक्षित हैं। किसी और से पहले बुक कर लें।',
    },
  },
  waitlistOffered: {
    values: { ...SHOW, partySize: 'count', minutes: 'count' },
    en: {
      title: '{partySize, plural, one {A seat is} other {Seats are}} free for you: {titleName}',
      body: '{titleName} at {venueName}, {starts}. Held for you for {minutes, plural, one {# minute} other {# minutes}}: book before somebody else can.',
    },
    de: {
      title: '{partySize, plural, one {Ein Platz ist} other {Plätze sind}} für Sie frei: {titleName}',
      body: '{titleName}, {venueName}, {starts}. {minutes, plural, one {# Minute} other {# Minuten}} lang für Sie reserviert: Buchen Sie, bevor es jemand anders tut.',
    },
    hi: {
      title: 'आपके लिए {partySize, plural, one {सीट खाली है} other {सीटें खाली हैं}}: {titleName}',
      body: '{titleName}, {venueName}, {starts}। {minutes, plural, one {# मिनट} other {# मिनट}} तक आपके लिए आरक्षित: किसी और से पहले बुक कर लें।',
    },
  },
});
