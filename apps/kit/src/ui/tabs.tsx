import { useEffect, useRef } from 'react';
import { NavLink } from 'react-router';

import styles from './tabs.module.css';

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly to: string; readonly text: string }[];
}

/** The pages of a part, below its heading. */
export function Tabs({ label, tabs }: TabsProps) {
  const nav = useRef<HTMLElement>(null);
  // On a phone they scroll by themselves: the present page is in sight.
  useEffect(() => {
    const { current } = nav;
    const tab = current?.querySelector<HTMLElement>('[aria-current]');
    if (current && tab) current.scrollLeft = tab.offsetLeft - current.offsetLeft;
  });
  return (
    <nav ref={nav} className={styles['tabs']} aria-label={label}>
      {tabs.map(({ to, text }) => (
        <NavLink key={to} to={to} end className={styles['tab'] ?? ''}>
          {text}
        </NavLink>
      ))}
    </nav>
  );
}
