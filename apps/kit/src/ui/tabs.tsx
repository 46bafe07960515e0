import { NavLink } from 'react-router';

import styles from './tabs.module.css';

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly to: string; readonly text: string }[];
}

/** The pages of a part, below its heading. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav className={styles['tabs']} aria-label={label}>
      {tabs.map(({ to, text }) => (
        <NavLink key={to} to={to} end className={styles['tab'] ?? ''}>
          {text}
        </NavLink>
      ))}
    </nav>
  );
}
