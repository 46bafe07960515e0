import { defineMessages } from '@marquee/messages';

import { REASON, SEATS } from './phrases.ts';

const TICKETS = { titleName: 'text', venueName: 'text', starts: 'moment', seats: 'list' } as const;
const WHAT = {
  en: `{seatsCount, plural, one {A ticket} other {Tickets}} for {titleName} at {venueName}, {starts}. ${SEATS.en}.`,
  de: `{seatsCount, plural, one {Ein Ticket} other {Tickets}} für {titleName}, {venueName}, {starts}. ${SEATS.de}.`,
  hi: `{titleName}, {venueName}, {starts} {seatsCount, plural, one {का एक टिकट} other {के टिकट}}। ${SEATS.hi}।`,
} as const;

/** Messages about tickets on their way to other people, and at the door. */
export const ticketMessages = defineMessages<'title' | 'body'>()({
  ticketsReceived: {
    values: TICKETS,
    en: {
      title: 'Your {seatsCount, plural, one {ticket} other {tickets}}: {titleName}',
      body: `${WHAT.en} Yours from now on: show the code in the app at the entrance.`,
    },
    de: {
      title: '{seatsCount, plural, one {Ihr Ticket} other {Ihre Tickets}}: {titleName}',
      body: `${WHAT.de} Ab jetzt für Sie: Zeigen Sie am Eingang den Code in der App.`,
    },
    hi: {
      title: '{seatsCount, plural, one {आपका टिकट} other {आपके टिकट}}: {titleName}',
      body: `${WHAT.hi} अब से आपके नाम: प्रवेश पर ऐप में कोड दिखाएँ।`,
    },
  },
  ticketsOffered: {
    values: TICKETS,
    en: {
      title: 'Offered: {titleName}',
      body: `${WHAT.en} {seatsCount, plural, one {It stays} other {They stay}} yours until your offer is accepted. If you offered nothing, take the offer back and change your password.`,
    },
    de: {
      title: 'Angeboten: {titleName}',
      body: `${WHAT.de} {seatsCount, plural, one {Es gehört} other {Sie gehören}} Ihnen, bis Ihr Angebot angenommen wird. Falls Sie nichts angeboten haben, nehmen Sie es zurück und ändern Sie Ihr Passwort.`,
    },
    hi: {
      title: 'पेशकश की गई: {titleName}',
      body: `${WHAT.hi} स्वीकार होने तक {seatsCount, plural, one {यह आपका ही रहेगा} other {ये आपके ही रहेंगे}}। अगर आपने पेशकश नहीं की, तो उसे वापस लें और अपना पासवर्ड बदलें।`,
    },
  },
  ticketsPassedOn: {
    values: TICKETS,
    en: {
      title: 'Passed on: {titleName}',
      body: `${WHAT.en} Your offer was accepted: {seatsCount, plural, one {it no longer admits} other {they no longer admit}} you.`,
    },
    de: {
      title: 'Weitergegeben: {titleName}',
      body: `${WHAT.de} Das Angebot wurde angenommen. Sie haben damit keinen Einlass mehr.`,
    },
    hi: {
      title: 'सौंप दिया गया: {titleName}',
      body: `${WHAT.hi} आपकी पेशकश स्वीकार कर ली गई है। अब {seatsCount, plural, one {इससे} other {इनसे}} आपको प्रवेश नहीं मिलेगा।`,
    },
  },
  ticketsTakenBack: {
    values: TICKETS,
    en: {
      title: 'Taken back: {titleName}',
      body: `${WHAT.en} You took your offer back. {seatsCount, plural, one {It admits} other {They admit}} you as before.`,
    },
    de: {
      title: 'Zurückgenommen: {titleName}',
      body: `${WHAT.de} Sie haben Ihr Angebot zurückgenommen und haben wie zuvor Einlass.`,
    },
    hi: {
      title: 'वापस लिया गया: {titleName}',
      body: `${WHAT.hi} आपने अपनी पेशकश वापस ले ली। {seatsCount, plural, one {इससे} other {इनसे}} आपको पहले की तरह प्रवेश मिलेगा।`,
    },
  },
  ticketsNotAccepted: {
    values: TICKETS,
    en: {
      title: 'Not accepted: {titleName}',
      body: `${WHAT.en} Nobody accepted your offer in time. {seatsCount, plural, one {It admits} other {They admit}} you as before.`,
    },
    de: {
      title: 'Nicht angenommen: {titleName}',
      body: `${WHAT.de} Niemand hat das Angebot rechtzeitig angenommen. Sie haben wie zuvor Einlass.`,
    },
    hi: {
      title: 'स्वीकार नहीं हुआ: {titleName}',
      body: `${WHAT.hi} समय रहते किसी ने आपकी पेशकश स्वीकार नहीं की। {seatsCount, plural, one {इससे} other {इनसे}} आपको पहले की तरह प्रवेश मिलेगा।`,
    },
  },
  passedOnTicketsCancelled: {
    values: { ...TICKETS, reason: 'sentence?', by: ['VENUE', 'DISPUTE'] },
    en: {
      title: 'Cancelled: {titleName}',
      body: `${WHAT.en} {by, select, DISPUTE {The payment for {seatsCount, plural, one {it was taken back, so it is} other {them was taken back, so they are}} no longer valid. Ask whoever passed {seatsCount, plural, one {it} other {them}} on to you.} other {Cancelled by the venue.${REASON} The refund goes to whoever bought {seatsCount, plural, one {it} other {them}}.}}`,
    },
    de: {
      title: 'Storniert: {titleName}',
      body: `${WHAT.de} {by, select, DISPUTE {Die Zahlung wurde zurückgeholt, deshalb {seatsCount, plural, one {ist es} other {sind sie}} nicht mehr gültig. Fragen Sie die Person, von der Sie {seatsCount, plural, one {es} other {sie}} haben.} other {Vom Veranstalter abgesagt.${REASON} Die Erstattung geht an die Person, die gebucht hat.}}`,
    },
    hi: {
      title: 'रद्द: {titleName}',
      body: `${WHAT.hi} {by, select, DISPUTE {भुगतान वापस ले लिया गया है, इसलिए {seatsCount, plural, one {यह अब मान्य नहीं है} other {ये अब मान्य नहीं हैं}}। जिसने आपको {seatsCount, plural, one {यह दिया} other {ये दिए}}, उनसे पूछें।} other {आयोजक ने शो रद्द कर दिया है।${REASON} राशि उसी को वापस मिलेगी जिसने {seatsCount, plural, one {इसे} other {इन्हें}} ख़रीदा था।}}`,
    },
  },
  passedOnTicketsMoved: {
    values: { ...TICKETS, previousStarts: 'moment' },
    en: {
      title: 'New time: {titleName}',
      body: `{titleName} at {venueName} now starts on {starts} instead of {previousStarts}. ${SEATS.en}. You need do nothing: the code in the app stays valid.`,
    },
    de: {
      title: 'Neue Zeit: {titleName}',
      body: `{titleName}, {venueName}, beginnt jetzt am {starts} statt am {previousStarts}. ${SEATS.de}. Sie müssen nichts tun: Der Code in der App bleibt gültig.`,
    },
    hi: {
      title: 'नया समय: {titleName}',
      body: `{titleName}, {venueName} अब {previousStarts} के बजाय {starts} शुरू होगा। ${SEATS.hi}। आपको कुछ नहीं करना है: ऐप का कोड मान्य रहेगा।`,
    },
  },
  ticketCheckedIn: {
    values: { titleName: 'text', venueName: 'text', scanned: 'moment', seats: 'list' },
    en: {
      title: 'Checked in: {titleName}',
      body: `Your ticket for {titleName} at {venueName} was scanned on {scanned}. ${SEATS.en}. If that was not you, ask the staff at the entrance.`,
    },
    de: {
      title: 'Eingelassen: {titleName}',
      body: `Ihr Ticket für {titleName}, {venueName}, wurde am {scanned} gescannt. ${SEATS.de}. Falls Sie das nicht waren, fragen Sie das Personal am Eingang.`,
    },
    hi: {
      title: 'प्रवेश दर्ज: {titleName}',
      body: `{titleName}, {venueName} का आपका टिकट {scanned} स्कैन किया गया। ${SEATS.hi}। अगर वह आप नहीं थे, तो प्रवेश पर मौजूद कर्मचारियों से पूछें।`,
    },
  },
});
