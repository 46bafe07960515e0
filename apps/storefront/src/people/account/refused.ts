import { defineTexts, useTexts } from '@marquee/app-kit/text';

const texts = defineTexts({
  en: {
    IncorrectPasswordError: 'The password is incorrect.',
    InvalidSecondFactorError: 'The code is incorrect or was used before. Wait for the next one.',
    InvalidPasskeyError: 'The passkey could not be added. Start again.',
    WeakPasswordError: 'This password is easy to guess, or your present one. Use several unrelated words.',
    UnknownCityError: 'This city is no longer there. Choose another one.',
    LastOwnerError: 'You are the last owner of an organisation. Make somebody else its owner first.',
    LastAdministratorError: 'You are the last administrator.',
  },
  de: {
    IncorrectPasswordError: 'Das Passwort ist falsch.',
    InvalidSecondFactorError: 'Der Code ist falsch oder wurde schon verwendet. Warten Sie auf den nächsten.',
    InvalidPasskeyError: 'Der Passkey konnte nicht hinzugefügt werden. Beginnen Sie erneut.',
    WeakPasswordError:
      'Dieses Passwort ist leicht zu erraten oder Ihr jetziges. Verwenden Sie mehrere Wörter ohne Zusammenhang.',
    UnknownCityError: 'Diese Stadt gibt es nicht mehr. Wählen Sie eine andere.',
    LastOwnerError:
      'Sie sind die letzte Inhaberin oder der letzte Inhaber einer Organisation. Übergeben Sie sie zuerst.',
    LastAdministratorError: 'Es gibt sonst niemanden mehr, der verwaltet.',
  },
  hi: {
    IncorrectPasswordError: 'पासवर्ड गलत है।',
    InvalidSecondFactorError: 'कोड गलत है या पहले इस्तेमाल हो चुका है। अगले कोड की प्रतीक्षा करें।',
    InvalidPasskeyError: 'पासकी नहीं जोड़ी जा सकी। फिर से शुरू करें।',
    WeakPasswordError: 'इस पासवर्ड का अनुमान लगाना आसान है, या यह आपका मौजूदा पासवर्ड है। कई असंबंधित शब्द लें।',
    UnknownCityError: 'यह शहर अब नहीं है। दूसरा चुनें।',
    LastOwnerError: 'आप किसी संगठन के आखिरी मालिक हैं। पहले किसी और को मालिक बनाएँ।',
    LastAdministratorError: 'आप आखिरी व्यवस्थापक हैं।',
  },
});

type Key = keyof (typeof texts)['en'];

/** The text of a refusal; undefined for a payload. */
export function useRefused() {
  const t = useTexts(texts);
  return (
    result: { readonly __typename?: string; readonly message?: string } | null | undefined,
  ): string | undefined => {
    const name = result?.__typename;
    if (name && Object.hasOwn(texts.en, name)) return t(name as Key);
    return result?.message;
  };
}
