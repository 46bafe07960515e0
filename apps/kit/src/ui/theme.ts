import { useCallback, useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'marquee.theme';
const listeners = new Set<() => void>();

const current = (): Theme => (localStorage.getItem(KEY) as Theme | null) ?? 'system';

/** Applies the theme that the person chose. Called before the first drawing. */
export function applyTheme(): void {
  const theme = current();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function useTheme(): { readonly theme: Theme; readonly choose: (theme: Theme) => void } {
  const theme = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
  const choose = useCallback((next: Theme) => {
    localStorage.setItem(KEY, next);
    applyTheme();
    for (const listener of listeners) listener();
  }, []);
  return { theme, choose };
}
