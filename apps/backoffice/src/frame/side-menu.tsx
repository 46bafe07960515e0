import { roleTexts, useSignOut } from '@marquee/app-kit/account';
import { useLocale, useTexts } from '@marquee/app-kit/text';
import { Button, Preferences, Select } from '@marquee/app-kit/ui';
import { NavLink, useLocation } from 'react-router';

import { LogoutDocument } from '../generated/graphql.ts';
import { menu } from '../menu.ts';
import { isSeenBy, MENU_GROUPS, pathAfterSwitch } from './menu-entry.ts';
import styles from './frame.module.css';
import { frameTexts } from './texts.ts';
import { keepOrganisation, useWho } from './who.tsx';
import type { Who } from './work.ts';

/** The pages that the person's roles and organisation open. */
export function SideMenu({ who }: { readonly who: Who }) {
  const t = useTexts(frameTexts);
  const role = useTexts(roleTexts);
  const { organisation } = useWho();
  const signOut = useSignOut(LogoutDocument);
  const { pathname } = useLocation();
  const work = (organisationId: string): void => {
    keepOrganisation(organisationId);
    // The application begins anew: nothing of the other organisation stays on the page, in the cache or subscribed.
    location.assign(import.meta.env.BASE_URL + pathAfterSwitch(pathname, menu, who, organisationId).slice(1));
  };
  return (
    <div className={styles['menu']}>
      {who.organisations.length > 1 && organisation && (
        <Select
          label={t('organisation')}
          value={organisation.id}
          choices={who.organisations.map(({ id, name }) => ({ id, text: name }))}
          onChange={work}
        />
      )}
      <MenuLinks who={who} />
      <div className={styles['foot']}>
        <p className={styles['person']}>
          <strong>{who.name}</strong>
          {organisation && (
            <span>
              {role(organisation.role)} · {organisation.name}
            </span>
          )}
        </p>
        <Button kind="quiet" onPress={() => void signOut()}>
          {t('signOut')}
        </Button>
        <a className={styles['away']} href="/">
          {t('storefront')}
        </a>
        <details className={styles['settings']}>
          <summary>{t('settings')}</summary>
          <Preferences />
        </details>
      </div>
    </div>
  );
}

function MenuLinks({ who }: { readonly who: Who }) {
  const t = useTexts(frameTexts);
  const { language } = useLocale().locale;
  const { organisation } = useWho();
  const seen = menu.filter((entry) => isSeenBy(entry, who, organisation?.id));
  return (
    <nav className={styles['links']} aria-label={t('mainMenu')}>
      <NavLink to="/" end>
        {t('overview')}
      </NavLink>
      {MENU_GROUPS.map((group) => {
        const entries = seen.filter((entry) => entry.group === group);
        if (entries.length === 0) return null;
        return (
          <div key={group}>
            <h2>{t(group)}</h2>
            <ul>
              {entries.map(({ path, text }) => (
                <li key={path}>
                  <NavLink to={path}>{text[language]}</NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
