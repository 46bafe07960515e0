import { defineTexts } from '@marquee/app-kit/text';

export const passwordTexts = defineTexts({
  en: {
    advice: 'Several unrelated words are easy to keep in mind and hard to guess.',
    show: 'Show the password',
    rules: 'Rules of the password',
    length: '10 to 200 characters',
    pattern: 'At least five different characters',
    own: 'Not made of your name, your address or the name of this site',
    isKept: ' (kept)',
    isOpen: ' (not kept yet)',
    weak: 'Choose a password that keeps the rules below.',
    WeakPasswordError:
      'This password is easy to guess: it is like one that leaked elsewhere. Use several unrelated words.',
  },
  de: {
    advice: 'Mehrere Wörter ohne Zusammenhang merken Sie sich leicht, und niemand errät sie.',
    show: 'Passwort anzeigen',
    rules: 'Regeln für das Passwort',
    length: '10 bis 200 Zeichen',
    pattern: 'Mindestens fünf verschiedene Zeichen',
    own: 'Nicht aus Ihrem Namen, Ihrer Adresse oder dem Namen dieser Seite gebildet',
    isKept: ' (erfüllt)',
    isOpen: ' (noch nicht erfüllt)',
    weak: 'Wählen Sie ein Passwort, das die Regeln unten erfüllt.',
    WeakPasswordError:
      'Dieses Passwort ist leicht zu erraten: Es ähnelt einem, das anderswo bekannt wurde. Verwenden Sie mehrere Wörter ohne Zusammenhang.',
  },
  hi: {
    advice: 'कई असंबंधित शब्द याद रखना आसान है और अनुमान लगाना कठिन।',
    show: 'पासवर्ड दिखाएँ',
    rules: 'पासवर्ड के नियम',
    length: '10 से 200 अक्षर',
    pattern: 'कम से कम पाँच अलग-अलग अक्षर',
    own: 'आपके नाम, पते या इस साइट के नाम से न बना हो',
    isKept: ' (पूरा)',
    isOpen: ' (अभी पूरा नहीं)',
    weak: 'ऐसा पासवर्ड चुनें जो नीचे के नियम पूरे करे।',
    WeakPasswordError: 'इस पासवर्ड का अनुमान लगाना आसान है: यह किसी लीक हुए पासवर्ड जैसा है। कई असंबंधित शब्द लें।',
  },
});
