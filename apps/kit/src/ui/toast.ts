/** A short message over the page, which goes away by itself. */
export interface Toast {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  /** Where it leads. */
  readonly href?: string;
}

const MAX_SHOWN = 3;

let shown: readonly Toast[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Shows a message; the same id replaces an earlier one. */
export function showToast(toast: Toast): void {
  change([...shown.filter(({ id }) => id !== toast.id), toast].slice(-MAX_SHOWN));
}

export function closeToast(id: string): void {
  change(shown.filter((toast) => toast.id !== id));
}

export const toasts = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): readonly Toast[] => shown,
};
