import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link } from 'react-aria-components';

import styles from './button.module.css';

export type ButtonKind = 'main' | 'quiet' | 'bare' | 'danger';

const classOf = (kind: ButtonKind): string => `${styles['button']} ${kind === 'main' ? '' : styles[kind]}`;

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly kind?: ButtonKind;
  readonly children: ReactNode;
}

/**
 * Does something. While `isPending`, it keeps the focus, cannot be pressed, and screen readers say that it is disabled.
 *
 * The library's own pending state announces the button by its id, also once the button has gone.
 */
export function Button({ kind = 'main', isPending = false, ...props }: ButtonProps) {
  const held = isPending && ({ type: 'button', onPress: undefined, 'aria-disabled': true } as const);
  return <AriaButton {...props} {...held} className={classOf(kind)} />;
}

/** Leads somewhere, and looks like a button. */
export function ButtonLink({
  kind = 'main',
  href,
  children,
}: {
  readonly kind?: ButtonKind;
  readonly href: string;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} className={classOf(kind)}>
      {children}
    </Link>
  );
}
