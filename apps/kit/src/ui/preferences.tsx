import { defineTexts, LANGUAGE_NAMES, LANGUAGES, useLocale, useTexts } from '../text/index.ts';
import { Select } from './select.tsx';
import { type Theme, useTheme } from './theme.ts';

const texts = defineTexts({
  en: { language: 'Language', theme: 'Colours', system: 'As the system', light: 'Light', dark: 'Dark' },
  de: { language: 'Sprache', theme: 'Farben', system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  hi: { language: 'भाषा', theme: 'रंग', system: 'सिस्टम के अनुसार', light: 'हल्का', dark: 'गहरा' },
});

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The language and the colours of the page. */
export function Preferences() {
  const t = useTexts(texts);
  const { locale, choose } = useLocale();
  const { theme, choose: chooseTheme } = useTheme();
  return (
    <>
      <Select
        label={t('language')}
        value={locale.language}
        choices={LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id] }))}
        onChange={choose}
      />
      <Select
        label={t('theme')}
        value={theme}
        choices={THEMES.map((id) => ({ id, text: t(id) }))}
        onChange={chooseTheme}
      />
    </>
  );
}
