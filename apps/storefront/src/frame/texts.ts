import { defineTexts } from '@marquee/app-kit/text';

export const frameTexts = defineTexts({
  en: {
    skip: 'Skip to the content',
    menu: 'Main menu',
    tickets: 'My tickets',
    account: 'Account',
    signIn: 'Sign in',
    help: 'Help',
    notFound: 'Not found',
    notFoundText: 'There is nothing at this address. It may have moved, or the show is over.',
    home: 'To the first page',
  },
  de: {
    skip: 'Zum Inhalt springen',
    menu: 'Hauptmenü',
    tickets: 'Meine Tickets',
    account: 'Konto',
    signIn: 'Anmelden',
    help: 'Hilfe',
    notFound: 'Nicht gefunden',
    notFoundText:
      'Unter dieser Adresse gibt es nichts. Vielleicht ist die Seite umgezogen oder die Vorstellung vorbei.',
    home: 'Zur Startseite',
  },
  hi: {
    skip: 'सामग्री पर जाएँ',
    menu: 'मुख्य मेनू',
    tickets: 'मेरे टिकट',
    account: 'खाता',
    signIn: 'साइन इन करें',
    help: 'सहायता',
    notFound: 'नहीं मिला',
    notFoundText: 'इस पते पर कुछ नहीं है। पेज हट गया होगा, या शो समाप्त हो चुका है।',
    home: 'पहले पेज पर',
  },
});
