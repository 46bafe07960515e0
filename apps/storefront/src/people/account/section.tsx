import { useSignOut } from '@marquee/app-kit/account';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Page } from '@marquee/app-kit/ui';
import { type ReactNode, useEffect, useRef } from 'react';
import { NavLink } from 'react-router';

import { LogoutDocument } from '../../generated/graphql.ts';
import { SignedIn } from '../../session/index.ts';
import styles from './account.module.css';
import { sectionTexts } from './section-texts.ts';

const OWN = ['profile', 'security', 'notifications', 'reviews', 'history', 'organisations', 'privacy'] as const;
const MONEY = ['wallet', 'cards', 'membership', 'recurring', 'invoices', 'referral'] as const;

export type SectionName = (typeof OWN)[number];

export const sectionPath = (name: SectionName): string => (name === 'profile' ? '/account' : `/account/${name}`);

/** A page of the account, beside the list of all of them. */
export function Section({ name, children }: { readonly name: SectionName; readonly children: ReactNode }) {
  const t = useTexts(sectionTexts);
  const menu = useRef<HTMLElement>(null);
  // On a phone the menu scrolls by itself: the present page is in sight.
  useEffect(() => {
    const { current } = menu;
    const item = current?.querySelector<HTMLElement>('[aria-current]');
    if (current && item) current.scrollLeft = item.offsetLeft - current.offsetLeft;
  });
  const signOut = useSignOut(LogoutDocument);
  return (
    <Page title={t(name)}>
      <SignedIn>
        <div className={styles['account']}>
          <nav ref={menu} className={styles['menu']} aria-label={t('menu')}>
            {OWN.map((each) => (
              <NavLink key={each} to={sectionPath(each)} end>
                {t(each)}
              </NavLink>
            ))}
            <hr />
            {MONEY.map((each) => (
              <NavLink key={each} to={`/${each}`} end>
                {t(each)}
              </NavLink>
            ))}
            <hr />
            <Button kind="quiet" onPress={() => void signOut()}>
              {t('signOut')}
            </Button>
          </nav>
          <div className={styles['content']}>{children}</div>
        </div>
      </SignedIn>
    </Page>
  );
}
