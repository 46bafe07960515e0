import { type Language, LANGUAGES, localeOf, type Locale } from '@marquee/messages/languages';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';

const KEY = 'marquee.language';

interface LocaleChoice {
  readonly locale: Locale;
  choose(language: Language): void;
}

const LocaleContext = createContext<LocaleChoice>({ locale: localeOf('en'), choose: () => {} });

/** The language of the page: the person's choice here, else the browser's. */
export function LocaleProvider({ children }: { readonly children: ReactNode }) {
  const [tag, setTag] = useState(() => localStorage.getItem(KEY) ?? navigator.language);
  const choice = useMemo(() => {
    const choose = (language: Language): void => {
      localStorage.setItem(KEY, language);
      setTag(language);
    };
    return { locale: localeOf(tag), choose };
  }, [tag]);
  useEffect(() => void (document.documentElement.lang = choice.locale.language), [choice]);
  return (
    <LocaleContext value={choice}>
      <I18nProvider locale={choice.locale.tag}>{children}</I18nProvider>
    </LocaleContext>
  );
}

export function useLocale(): LocaleChoice {
  return useContext(LocaleContext);
}

/** The languages by their own names. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', hi: 'हिन्दी' };

export { type Language, LANGUAGES, type Locale };
