import { useTexts } from '@marquee/app-kit/text';
import { Select, Soft } from '@marquee/app-kit/ui';

import { TEST_CARD_TOKENS, type TestCardToken } from './test-cards.ts';
import { payingTexts } from './texts.ts';

interface TestCardFieldProps {
  readonly token: TestCardToken;
  readonly onChange: (token: TestCardToken) => void;
}

/** Stands in for the form of a payment provider, which gives a token for a card: the cards of the sandbox. */
export function TestCardField({ token, onChange }: TestCardFieldProps) {
  const t = useTexts(payingTexts);
  return (
    <>
      <Select
        label={t('testCard')}
        value={token}
        choices={TEST_CARD_TOKENS.map((id) => ({ id, text: t(id) }))}
        onChange={onChange}
      />
      <Soft isSmall>{t('sandbox')}</Soft>
    </>
  );
}
