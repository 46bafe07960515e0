import { useTexts } from '@marquee/app-kit/text';
import { Page, Tabs } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import { SignedInPage } from '../session/index.ts';
import { moneyTexts } from './texts.ts';

const PAGES = ['wallet', 'cards', 'membership', 'recurring', 'invoices', 'referral'] as const;

export type MoneyPageName = (typeof PAGES)[number];

/** A page about the person's money, beside the others. */
export function MoneyPage({ name, children }: { readonly name: MoneyPageName; readonly children: ReactNode }) {
  const t = useTexts(moneyTexts);
  return (
    <SignedInPage title={t(name)}>
      <Page title={t(name)}>
        <Tabs label={t('money')} tabs={PAGES.map((page) => ({ to: `/${page}`, text: t(page) }))} />
        {children}
      </Page>
    </SignedInPage>
  );
}
