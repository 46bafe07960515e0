import { defineMessages } from '@marquee/messages';

const CATEGORIES = ['BOOKING', 'PAYMENT', 'ACCOUNT', 'OTHER'] as const;

/** The subject of a customer's own request. */
const ABOUT = {
  en: '{category, select, BOOKING {about your booking} PAYMENT {about your payment} ACCOUNT {about your account} other {about your question}}',
  de: '{category, select, BOOKING {zu Ihrer Buchung} PAYMENT {zu Ihrer Zahlung} ACCOUNT {zu Ihrem Konto} other {zu Ihrer Frage}}',
  hi: '{category, select, BOOKING {आपकी बुकिंग के बारे में} PAYMENT {आपके भुगतान के बारे में} ACCOUNT {आपके खाते के बारे में} other {आपके प्रश्न के बारे में}}',
} as const;
/** The same of somebody else's, for agents. */
const BARE = {
  en: '{category, select, BOOKING {about a booking} PAYMENT {about a payment} ACCOUNT {about an account} other {about something else}}',
  de: '{category, select, BOOKING {zu einer Buchung} PAYMENT {zu einer Zahlung} ACCOUNT {zu einem Konto} other {zu etwas anderem}}',
  hi: '{category, select, BOOKING {एक बुकिंग के बारे में} PAYMENT {एक भुगतान के बारे में} ACCOUNT {एक खाते के बारे में} other {किसी और विषय में}}',
} as const;

/** Messages about support requests and reviews. */
export const supportMessages = defineMessages<'title' | 'body'>()({
  supportReplied: {
    values: { category: CATEGORIES },
    en: { title: `We have answered you ${ABOUT.en}`, body: 'Open your support request to read on.' },
    de: {
      title: `Wir haben Ihnen ${ABOUT.de} geantwortet`,
      body: 'Öffnen Sie Ihre Anfrage, um weiterzulesen.',
    },
    hi: { title: `हमने ${ABOUT.hi} उत्तर दिया है`, body: 'पढ़ने के लिए अपना सहायता अनुरोध खोलें।' },
  },
  supportResolved: {
    values: { category: CATEGORIES },
    en: {
      title: `Your request ${ABOUT.en} is resolved`,
      body: 'If something is still open, write to us below it: your message opens a new case that goes on from it.',
    },
    de: {
      title: `Ihre Anfrage ${ABOUT.de} ist gelöst`,
      body: 'Falls noch etwas offen ist, schreiben Sie uns dort: Ihre Nachricht eröffnet einen neuen Fall, der daran anschließt.',
    },
    hi: {
      title: `${ABOUT.hi} आपका अनुरोध हल हो गया है`,
      body: 'अगर कुछ बाकी है, तो वहीं हमें लिखें: आपका संदेश एक नया अनुरोध खोलेगा जो उससे जुड़ा होगा।',
    },
  },
  supportAssigned: {
    values: { category: CATEGORIES },
    en: { title: `A request for you ${BARE.en}`, body: 'It was assigned to you. Open it to answer.' },
    de: {
      title: `Eine Anfrage für Sie ${BARE.de}`,
      body: 'Sie wurde Ihnen zugewiesen. Öffnen Sie sie, um zu antworten.',
    },
    hi: { title: `${BARE.hi} आपके लिए एक अनुरोध`, body: 'यह आपको सौंपा गया है। उत्तर देने के लिए इसे खोलें।' },
  },
  supportCustomerWrote: {
    values: { category: CATEGORIES },
    en: {
      title: `A customer has written ${BARE.en}`,
      body: 'There is a new message in a request that is assigned to you.',
    },
    de: {
      title: `Neue Nachricht einer Kundin oder eines Kunden ${BARE.de}`,
      body: 'In einer Ihrer Anfragen gibt es eine neue Nachricht.',
    },
    hi: { title: `ग्राहक ने ${BARE.hi} लिखा है`, body: 'आपके एक अनुरोध में नया संदेश है।' },
  },
  supportOverdue: {
    values: { target: ['FIRST_RESPONSE', 'RESOLUTION'], state: ['SOON', 'OVER'] },
    en: {
      title: '{state, select, OVER {A support request is overdue} other {A support request is due soon}}',
      body: '{target, select, FIRST_RESPONSE {It waits for its first response.} other {It waits to be resolved.}}',
    },
    de: {
      title: '{state, select, OVER {Eine Anfrage ist überfällig} other {Eine Anfrage ist bald fällig}}',
      body: '{target, select, FIRST_RESPONSE {Sie wartet auf die erste Antwort.} other {Sie wartet auf ihre Lösung.}}',
    },
    hi: {
      title: '{state, select, OVER {एक सहायता अनुरोध का समय निकल गया है} other {एक सहायता अनुरोध का समय निकलने वाला है}}',
      body: '{target, select, FIRST_RESPONSE {यह पहले उत्तर की प्रतीक्षा में है।} other {यह हल होने की प्रतीक्षा में है।}}',
    },
  },
  supportUnassigned: {
    values: { target: ['FIRST_RESPONSE', 'RESOLUTION'], state: ['SOON', 'OVER'] },
    en: {
      title:
        '{state, select, OVER {A request that nobody has is overdue} other {A request that nobody has is due soon}}',
      body: '{target, select, FIRST_RESPONSE {It waits for its first response.} other {It waits to be resolved.}} Open it to answer, or go on duty.',
    },
    de: {
      title:
        '{state, select, OVER {Eine Anfrage ohne Bearbeitung ist überfällig} other {Eine Anfrage ohne Bearbeitung ist bald fällig}}',
      body: '{target, select, FIRST_RESPONSE {Sie wartet auf die erste Antwort.} other {Sie wartet auf ihre Lösung.}} Öffnen Sie sie, um zu antworten, oder treten Sie Ihren Dienst an.',
    },
    hi: {
      title:
        '{state, select, OVER {किसी को न सौंपे गए अनुरोध का समय निकल गया है} other {किसी को न सौंपे गए अनुरोध का समय निकलने वाला है}}',
      body: '{target, select, FIRST_RESPONSE {यह पहले उत्तर की प्रतीक्षा में है।} other {यह हल होने की प्रतीक्षा में है।}} उत्तर देने के लिए इसे खोलें, या ड्यूटी पर आएँ।',
    },
  },
  reviewDecided: {
    values: { decision: ['PUBLISH', 'REMOVE', 'REJECT'] },
    en: {
      title:
        '{decision, select, PUBLISH {Your review is published} REMOVE {Your review was removed} other {Your review was not published}}',
      body: '{decision, select, PUBLISH {Thank you. Everybody can read it now.} other {It does not follow our rules for reviews. Change its text, and we look at it again.}}',
    },
    de: {
      title:
        '{decision, select, PUBLISH {Ihre Bewertung ist veröffentlicht} REMOVE {Ihre Bewertung wurde entfernt} other {Ihre Bewertung wurde nicht veröffentlicht}}',
      body: '{decision, select, PUBLISH {Vielen Dank. Alle können sie jetzt lesen.} other {Sie entspricht nicht unseren Regeln für Bewertungen. Ändern Sie den Text, dann sehen wir sie uns noch einmal an.}}',
    },
    hi: {
      title:
        '{decision, select, PUBLISH {आपकी समीक्षा प्रकाशित हो गई है} REMOVE {आपकी समीक्षा हटा दी गई है} other {आपकी समीक्षा प्रकाशित नहीं हुई}}',
      body: '{decision, select, PUBLISH {धन्यवाद। अब सब उसे पढ़ सकते हैं।} other {वह समीक्षाओं के हमारे नियमों के अनुरूप नहीं है। उसका पाठ बदलें, हम उसे फिर देखेंगे।}}',
    },
  },
  reviewReplied: {
    values: {},
    en: { title: 'The venue has replied to your review', body: 'Read it below your review.' },
    de: {
      title: 'Der Veranstaltungsort hat auf Ihre Bewertung geantwortet',
      body: 'Sie finden die Antwort unter Ihrer Bewertung.',
    },
    hi: { title: 'आयोजन स्थल ने आपकी समीक्षा का उत्तर दिया है', body: 'उत्तर अपनी समीक्षा के नीचे पढ़ें।' },
  },
});
