import { useTexts } from '@marquee/app-kit/text';
import { useEffect, useRef } from 'react';

import { loadDetector } from './detector.ts';
import styles from './door.module.css';
import { doorTexts } from './texts.ts';

const EVERY_MS = 200;
/** The same code is read once while it stays before the camera. */
const SAME_CODE_MS = 4_000;
/** Enough to read a ticket on a phone at arm's length. */
const WANTED: MediaTrackConstraints = { facingMode: 'environment', width: { ideal: 1_280 }, height: { ideal: 720 } };

/** Why a camera shows nothing, as its text says. */
export type CameraFault = 'cameraRefused' | 'cameraMissing' | 'cameraBusy' | 'readerMissing';

export interface CodeReader {
  /** Decides on a code. No other is read before. */
  readonly onCode: (code: string) => Promise<void>;
}

export interface CameraPictureProps extends CodeReader {
  readonly onFault: (fault: CameraFault) => void;
}

/** The picture of the camera, in which codes are looked for. */
export function CameraPicture({ onCode, onFault }: CameraPictureProps) {
  const t = useTexts(doorTexts);
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onCode, onFault });
  useEffect(() => void (latest.current = { onCode, onFault }));
  useEffect(() => {
    if (!video.current) return undefined;
    const over = new AbortController();
    read(video.current, (code) => latest.current.onCode(code), over.signal).catch((error: unknown) => {
      if (!over.signal.aborted) latest.current.onFault(faultOf(error));
    });
    return () => over.abort();
  }, []);
  return <video ref={video} className={styles['video']} muted playsInline aria-label={t('cameraPicture')} />;
}

class ReaderMissing extends Error {}

/** Shows what the camera sees and reads codes in it until `over`. */
async function read(video: HTMLVideoElement, onCode: CodeReader['onCode'], over: AbortSignal): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: WANTED });
  const stop = (): void => stream.getTracks().forEach((track) => track.stop());
  try {
    const detector = await loadDetector().catch(() => {
      throw new ReaderMissing();
    });
    over.throwIfAborted();
    video.srcObject = stream;
    await video.play();
    let last = { code: '', at: 0 };
    while (!over.aborted) {
      const [found] = await detector.detect(video).catch(() => []);
      const isNew = found && (found.rawValue !== last.code || Date.now() - last.at > SAME_CODE_MS);
      if (isNew && !over.aborted) await onCode(found.rawValue);
      if (found) last = { code: found.rawValue, at: Date.now() };
      await new Promise((next) => setTimeout(next, EVERY_MS));
    }
  } finally {
    stop();
  }
}

function faultOf(error: unknown): CameraFault {
  if (error instanceof ReaderMissing) return 'readerMissing';
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'cameraRefused';
  if (name === 'NotReadableError' || name === 'AbortError') return 'cameraBusy';
  return 'cameraMissing';
}
