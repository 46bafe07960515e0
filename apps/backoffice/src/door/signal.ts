import type { Verdict } from './verify.ts';

let audio: AudioContext | undefined;

/** A high double tone for whoever may enter, a long low one for whoever may not; phones vibrate too. */
export function signal(kind: Verdict['kind']): void {
  const isGood = kind === 'admit';
  navigator.vibrate?.(isGood ? 80 : [200, 80, 200]);
  try {
    audio ??= new AudioContext();
    if (isGood) {
      tone(audio, 880, 0, 0.12);
      tone(audio, 1_320, 0.14, 0.16);
    } else tone(audio, 180, 0, 0.6);
  } catch {
    // A browser without sound shows the colour and the text alone.
  }
}

function tone(context: AudioContext, frequency: number, after: number, seconds: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  gain.gain.value = 0.2;
  oscillator.frequency.value = frequency;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(context.currentTime + after);
  oscillator.stop(context.currentTime + after + seconds);
}
