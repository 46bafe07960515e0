import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** Moves the focus to a page that was opened by a link, so that screen readers and the tab key begin there. */
export function useFocusOnPage(): void {
  const { pathname } = useLocation();
  const former = useRef(pathname);
  useEffect(() => {
    if (former.current === pathname) return;
    former.current = pathname;
    const main = document.querySelector<HTMLElement>('#main');
    // A page may have put it where it is needed already.
    if (main && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
  }, [pathname]);
}
