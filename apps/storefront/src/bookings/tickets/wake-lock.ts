import { useEffect } from 'react';

/** Keeps the screen on, where the browser allows it. */
export function useWakeLock(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !('wakeLock' in navigator)) return undefined;
    let isOver = false;
    let release = (): void => {
      isOver = true;
    };
    navigator.wakeLock.request('screen').then(
      (lock) => {
        release = () => void lock.release();
        if (isOver) release();
      },
      () => undefined,
    );
    return () => release();
  }, [isOn]);
}
