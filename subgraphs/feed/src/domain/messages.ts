import { defineMessages, type Message } from '@marquee/messages';

const CITY = { cityName: 'text' } as const;
const TITLE = { titleName: 'text' } as const;
const PLACE = { placeKind: ['VIEWER', 'VENUE', 'CENTRE'], place: 'text' } as const;

/** The headings of sections, and the reasons why titles are in them. */
export const feedMessages = defineMessages<'text'>()({
  headContinue: {
    values: {},
    en: { text: 'Continue where you left off' },
    de: { text: 'Dort weiter, wo Sie waren' },
    hi: { text: 'जहाँ छोड़ा था, वहीं से' },
  },
  headSuggested: {
    values: {},
    en: { text: 'Suggested for you' },
    de: { text: 'Für Sie vorgeschlagen' },
    hi: { text: 'आपके लिए सुझाव' },
  },
  headBestRated: {
    values: CITY,
    en: { text: 'The best rated in {cityName}' },
    de: { text: 'Am besten bewertet in {cityName}' },
    hi: { text: '{cityName} में सबसे अच्छी रेटिंग' },
  },
  headTrending: {
    values: CITY,
    en: { text: 'Trending in {cityName}' },
    de: { text: 'Beliebt in {cityName}' },
    hi: { text: '{cityName} में लोकप्रिय' },
  },
  headNewAndSoon: {
    values: {},
    en: { text: 'New and soon' },
    de: { text: 'Neu und demnächst' },
    hi: { text: 'नए और जल्द आने वाले' },
  },
  headNear: {
    values: PLACE,
    en: { text: '{placeKind, select, VIEWER {Near you} VENUE {Near {place}} other {Near the centre of {place}}}' },
    de: {
      text: '{placeKind, select, VIEWER {In Ihrer Nähe} VENUE {Nahe {place}} other {Nahe dem Zentrum von {place}}}',
    },
    hi: { text: '{placeKind, select, VIEWER {आपके पास} VENUE {{place} के पास} other {{place} के केंद्र के पास}}' },
  },
  looked: {
    values: {},
    en: { text: 'You looked at it' },
    de: { text: 'Sie haben es angesehen' },
    hi: { text: 'आपने इसे देखा था' },
  },
  lookedAtShows: {
    values: {},
    en: { text: 'You looked at its shows' },
    de: { text: 'Sie haben Vorstellungen angesehen' },
    hi: { text: 'आपने इसके शो देखे थे' },
  },
  choseSeats: {
    values: {},
    en: { text: 'You chose seats for it' },
    de: { text: 'Sie haben Plätze ausgewählt' },
    hi: { text: 'आपने इसके लिए सीटें चुनी थीं' },
  },
  becauseLooked: {
    values: TITLE,
    en: { text: 'Because you looked at {titleName}' },
    de: { text: 'Weil Sie {titleName} angesehen haben' },
    hi: { text: 'क्योंकि आपने {titleName} देखा' },
  },
  becauseBooked: {
    values: TITLE,
    en: { text: 'Because you booked {titleName}' },
    de: { text: 'Weil Sie {titleName} gebucht haben' },
    hi: { text: 'क्योंकि आपने {titleName} बुक किया' },
  },
  rated: {
    values: { stars: 'decimal' },
    en: { text: 'Rated {stars} out of 5' },
    de: { text: 'Mit {stars} von 5 bewertet' },
    hi: { text: '5 में से {stars} रेटिंग' },
  },
  showing: {
    values: CITY,
    en: { text: 'Now showing in {cityName}' },
    de: { text: 'Läuft jetzt in {cityName}' },
    hi: { text: '{cityName} में चल रहा है' },
  },
  trending: {
    values: CITY,
    en: { text: 'Many people in {cityName} look at it' },
    de: { text: 'Viele in {cityName} sehen es sich an' },
    hi: { text: '{cityName} में बहुत लोग इसे देख रहे हैं' },
  },
  isNew: {
    values: CITY,
    en: { text: 'New in {cityName}' },
    de: { text: 'Neu in {cityName}' },
    hi: { text: '{cityName} में नया' },
  },
  firstShow: {
    values: { day: 'day' },
    en: { text: 'First shown on {day}' },
    de: { text: 'Zum ersten Mal am {day}' },
    hi: { text: 'पहला शो {day} को' },
  },
  onSaleFrom: {
    values: { day: 'day' },
    en: { text: 'On sale from {day}' },
    de: { text: 'Vorverkauf ab {day}' },
    hi: { text: '{day} से बिक्री' },
  },
  knownVenue: {
    values: { venueName: 'text' },
    en: { text: '{venueName}, where you last chose seats' },
    de: { text: '{venueName}, wo Sie zuletzt Plätze ausgewählt haben' },
    hi: { text: '{venueName}, जहाँ आपने पिछली बार सीटें चुनीं' },
  },
  near: {
    values: { ...PLACE, kilometres: 'decimal', venueName: 'text' },
    en: {
      text: '{venueName}, {kilometres} km {placeKind, select, VIEWER {from you} VENUE {from {place}} other {from the centre of {place}}}',
    },
    de: {
      text: '{venueName}, {kilometres} km {placeKind, select, VIEWER {von Ihnen} VENUE {von {place}} other {vom Zentrum von {place}}}',
    },
    hi: {
      text: '{venueName}, {placeKind, select, VIEWER {आपसे} VENUE {{place} से} other {{place} के केंद्र से}} {kilometres} किमी',
    },
  },
});

/** A text of a feed, before it is written in a language. */
export type FeedMessage = Message<(typeof feedMessages)['definitions']>;
