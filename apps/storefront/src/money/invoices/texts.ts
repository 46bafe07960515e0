import { defineTexts } from '@marquee/app-kit/text';

export const invoiceTexts = defineTexts({
  en: {
    loading: 'Loading your invoices',
    none: 'Invoices of your membership will be here.',
    toPlans: 'See the plans',
    PAID: 'Paid',
    CREDITED: 'Corrected by a credit note',
    CREDIT_NOTE: 'Credit note',
    of: 'Invoice {number}',
    total: 'Total, tax included',
  },
  de: {
    loading: 'Ihre Rechnungen werden geladen',
    none: 'Hier finden Sie die Rechnungen Ihrer Mitgliedschaft.',
    toPlans: 'Tarife ansehen',
    PAID: 'Bezahlt',
    CREDITED: 'Durch Gutschrift berichtigt',
    CREDIT_NOTE: 'Gutschrift',
    of: 'Rechnung {number}',
    total: 'Gesamt, inklusive Steuer',
  },
  hi: {
    loading: 'आपके चालान लोड हो रहे हैं',
    none: 'आपकी सदस्यता के चालान यहाँ दिखेंगे।',
    toPlans: 'योजनाएँ देखें',
    PAID: 'भुगतान हुआ',
    CREDITED: 'क्रेडिट नोट से सुधारा गया',
    CREDIT_NOTE: 'क्रेडिट नोट',
    of: 'चालान {number}',
    total: 'कुल, कर सहित',
  },
});
