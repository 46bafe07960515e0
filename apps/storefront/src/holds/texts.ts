import { defineTexts } from '@marquee/app-kit/text';

export const holdTexts = defineTexts({
  en: {
    timeLeft: 'Time left to pay',
    twoMinutes: 'Two minutes left to pay for your seats.',
    thirtySeconds: '30 seconds left to pay for your seats.',
    over: 'The time is over. Your seats are free again.',
    bar: 'Seats held for you',
    held: '{count, plural, one {# place} other {# places}} for {title} held for',
    checkout: 'Pay',
    release: 'Give up',
    releaseLabel: 'Give up the places for {title}',
  },
  de: {
    timeLeft: 'Verbleibende Zeit zum Bezahlen',
    twoMinutes: 'Noch zwei Minuten, um Ihre Plätze zu bezahlen.',
    thirtySeconds: 'Noch 30 Sekunden, um Ihre Plätze zu bezahlen.',
    over: 'Die Zeit ist abgelaufen. Ihre Plätze sind wieder frei.',
    bar: 'Für Sie reservierte Plätze',
    held: '{count, plural, one {# Platz} other {# Plätze}} für {title} reserviert für',
    checkout: 'Bezahlen',
    release: 'Freigeben',
    releaseLabel: 'Die Plätze für {title} freigeben',
  },
  hi: {
    timeLeft: 'भुगतान के लिए बचा समय',
    twoMinutes: 'आपकी सीटों के भुगतान के लिए दो मिनट बचे हैं।',
    thirtySeconds: 'आपकी सीटों के भुगतान के लिए 30 सेकंड बचे हैं।',
    over: 'समय समाप्त हो गया। आपकी सीटें फिर से खाली हैं।',
    bar: 'आपके लिए रोकी गई सीटें',
    held: '{title} की {count, plural, one {# सीट} other {# सीटें}} रोकी गई हैं, बचा समय',
    checkout: 'भुगतान करें',
    release: 'छोड़ दें',
    releaseLabel: '{title} की सीटें छोड़ दें',
  },
});
