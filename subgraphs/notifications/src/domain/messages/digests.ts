import { defineMessages } from '@marquee/messages';

import { ABOUT, KINDS } from './phrases.ts';

/** Messages that stand for several notices of a kind. */
export const digestMessages = defineMessages<'title' | 'body'>()({
  digest: {
    values: { count: 'count', kind: KINDS },
    en: {
      title: `{count, plural, one {# notice} other {# notices}} about ${ABOUT.en}`,
      body: 'Open your notifications to read them.',
    },
    de: {
      title: `{count, plural, one {# Mitteilung} other {# Mitteilungen}} zu ${ABOUT.de}`,
      body: 'Öffnen Sie Ihre Mitteilungen, um sie zu lesen.',
    },
    hi: {
      title: `${ABOUT.hi} के बारे में {count, plural, one {# सूचना} other {# सूचनाएँ}}`,
      body: 'इन्हें पढ़ने के लिए अपनी सूचनाएँ खोलें।',
    },
  },
});
