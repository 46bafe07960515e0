import { defineTexts } from '@marquee/app-kit/text';

export const chartTexts = defineTexts({
  en: { table: 'Show as a table' },
  de: { table: 'Als Tabelle anzeigen' },
  hi: { table: 'तालिका के रूप में दिखाएँ' },
});
