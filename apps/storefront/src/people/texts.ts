import { defineTexts } from '@marquee/app-kit/text';

export const signInTexts = defineTexts({
  en: {
    title: 'Sign in',
    forgot: 'Forgot your password?',
    noAccount: 'New here?',
    register: 'Create an account',
    provider: 'Continue with {name}',
    providerFailed: 'You were not signed in there. Start again, or sign in another way.',
    providerUnknown: 'This sign-in was not started here. Start again.',
    finishing: 'Signing in',
    back: 'Go back',
  },
  de: {
    title: 'Anmelden',
    forgot: 'Passwort vergessen?',
    noAccount: 'Neu hier?',
    register: 'Konto anlegen',
    provider: 'Weiter mit {name}',
    providerFailed: 'Die Anmeldung dort hat nicht geklappt. Beginnen Sie erneut oder melden Sie sich anders an.',
    providerUnknown: 'Diese Anmeldung wurde nicht hier begonnen. Beginnen Sie erneut.',
    finishing: 'Anmeldung läuft',
    back: 'Zurück',
  },
  hi: {
    title: 'साइन इन करें',
    forgot: 'पासवर्ड भूल गए?',
    noAccount: 'यहाँ नए हैं?',
    register: 'खाता बनाएँ',
    provider: '{name} से आगे बढ़ें',
    providerFailed: 'वहाँ साइन इन नहीं हो सका। फिर से शुरू करें, या किसी और तरीके से साइन इन करें।',
    providerUnknown: 'यह साइन-इन यहाँ शुरू नहीं हुआ था। फिर से शुरू करें।',
    finishing: 'साइन इन हो रहा है',
    back: 'वापस जाएँ',
  },
});
