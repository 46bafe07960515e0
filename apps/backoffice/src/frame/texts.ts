import { defineTexts } from '@marquee/app-kit/text';

export const frameTexts = defineTexts({
  en: { notFound: 'Not found', notFoundText: 'There is nothing at this address.', home: 'To the first page' },
  de: { notFound: 'Nicht gefunden', notFoundText: 'Unter dieser Adresse gibt es nichts.', home: 'Zur Startseite' },
  hi: { notFound: 'नहीं मिला', notFoundText: 'इस पते पर कुछ नहीं है।', home: 'पहले पेज पर' },
});
