import { type Language, useFormats, useLocale } from '@marquee/app-kit/text';

/** Languages that the catalog names in English, by their BCP 47 tags. */
const LANGUAGE_TAGS: Readonly<Record<string, string>> = {
  English: 'en',
  Spanish: 'es',
  German: 'de',
  French: 'fr',
  Italian: 'it',
  Hindi: 'hi',
  Japanese: 'ja',
  Portuguese: 'pt',
  Turkish: 'tr',
  Mandarin: 'cmn',
  Icelandic: 'is',
  Korean: 'ko',
  Polish: 'pl',
  Aramaic: 'arc',
  Cantonese: 'yue',
  Swedish: 'sv',
  Thai: 'th',
  'Yucatec Maya': 'yua',
  Dutch: 'nl',
  Arabic: 'ar',
};

const GERMAN: Readonly<Record<string, string>> = {
  Adventure: 'Abenteuer',
  Classic: 'Klassiker',
  Classical: 'Klassik',
  Comedy: 'Komödie',
  Documentary: 'Dokumentarfilm',
  Electronic: 'Elektronisch',
  Esports: 'E-Sport',
  Family: 'Familie',
  'Film Music': 'Filmmusik',
  History: 'Historie',
  Improvisation: 'Improtheater',
  'Indian Classical': 'Indische Klassik',
  Boxing: 'Boxen',
  Romance: 'Liebesfilm',
  'Science Fiction': 'Science-Fiction',
  Sketch: 'Sketche',
  Superhero: 'Superhelden',
  'Table Tennis': 'Tischtennis',
};

const HINDI: Readonly<Record<string, string>> = {
  Action: 'ऐक्शन',
  Adventure: 'रोमांच',
  Basketball: 'बास्केटबॉल',
  'Bossa Nova': 'बोसा नोवा',
  Boxing: 'मुक्केबाज़ी',
  Classic: 'क्लासिक',
  Classical: 'शास्त्रीय',
  Comedy: 'हास्य',
  Darts: 'डार्ट्स',
  Documentary: 'वृत्तचित्र',
  Drama: 'नाटक',
  Electronic: 'इलेक्ट्रॉनिक',
  Esports: 'ई-स्पोर्ट्स',
  Family: 'पारिवारिक',
  Fantasy: 'फ़ैंटेसी',
  'Film Music': 'फ़िल्म संगीत',
  Folk: 'लोक संगीत',
  Funk: 'फ़ंक',
  History: 'इतिहास',
  Horror: 'हॉरर',
  Improvisation: 'इम्प्रोव',
  'Indian Classical': 'भारतीय शास्त्रीय',
  'Indie Rock': 'इंडी रॉक',
  Jazz: 'जैज़',
  Latin: 'लैटिन',
  Metal: 'मेटल',
  Music: 'संगीत',
  Musical: 'संगीतिका',
  Pop: 'पॉप',
  Romance: 'रोमांस',
  'Roller Derby': 'रोलर डर्बी',
  'Science Fiction': 'विज्ञान कथा',
  Sketch: 'स्केच',
  Soul: 'सोल',
  'Stand-up': 'स्टैंड-अप',
  Superhero: 'सुपरहीरो',
  Swing: 'स्विंग',
  'Table Tennis': 'टेबल टेनिस',
  Thriller: 'थ्रिलर',
  Western: 'वेस्टर्न',
};

const GENRES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: {}, de: GERMAN, hi: HINDI };

/** Words of the catalog, which are English, in the page's language; those that are not known stay as they are. */
export function useCatalogWords() {
  const { locale } = useLocale();
  const { name } = useFormats();
  return {
    genre: (genre: string): string => GENRES[locale.language][genre] ?? genre,
    language: (language: string): string => {
      const tag = LANGUAGE_TAGS[language];
      return tag === undefined ? language : name(tag, 'language');
    },
  };
}
