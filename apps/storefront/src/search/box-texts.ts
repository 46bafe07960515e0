import { defineTexts } from '@marquee/app-kit/text';

/** The texts of the box in the header, which every page has. */
export const boxTexts = defineTexts({
  en: {
    label: 'Search films, events, people and venues',
    placeholder: 'Film, artist, venue …',
    suggestions: 'Suggestions',
    submit: 'Search',
    MOVIE: 'Film',
    LIVE_EVENT: 'Live',
    PERSON: 'Person',
    GENRE: 'Genre',
    VENUE: 'Venue',
  },
  de: {
    label: 'Filme, Events, Personen und Spielstätten suchen',
    placeholder: 'Film, Künstler, Spielstätte …',
    suggestions: 'Vorschläge',
    submit: 'Suchen',
    MOVIE: 'Film',
    LIVE_EVENT: 'Live',
    PERSON: 'Person',
    GENRE: 'Genre',
    VENUE: 'Spielstätte',
  },
  hi: {
    label: 'फ़िल्में, कार्यक्रम, लोग और स्थल खोजें',
    placeholder: 'फ़िल्म, कलाकार, स्थल …',
    suggestions: 'सुझाव',
    submit: 'खोजें',
    MOVIE: 'फ़िल्म',
    LIVE_EVENT: 'लाइव',
    PERSON: 'व्यक्ति',
    GENRE: 'शैली',
    VENUE: 'स्थल',
  },
});
