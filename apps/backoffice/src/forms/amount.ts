export { digitsOf, minorUnits } from '@marquee/app-kit/text/amount';

/** A whole number from a text; undefined when it is none or outside of the limits. */
export function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined;
  return value !== undefined && value >= min && value <= max ? value : undefined;
}
