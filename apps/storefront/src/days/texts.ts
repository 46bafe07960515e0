import { defineTexts } from '@marquee/app-kit/text';

export const dayTexts = defineTexts({
  en: { today: 'Today', tomorrow: 'Tomorrow', nothing: 'No shows on {day}' },
  de: { today: 'Heute', tomorrow: 'Morgen', nothing: 'Keine Vorstellungen am {day}' },
  hi: { today: 'आज', tomorrow: 'कल', nothing: '{day} को कोई शो नहीं' },
});
