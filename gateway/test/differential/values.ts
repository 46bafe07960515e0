/** The nth value of a key. */
export function keyValue(number: number, type: string): unknown {
  return type === 'Int' ? number : `k${number}`;
}

/** A value of a scalar type. @param drawn an integer */
export function scalar(drawn: number, type: string): unknown {
  switch (type) {
    case 'Int':
      return (drawn % 2001) - 1000;
    case 'Float':
      return drawn / 1000;
    case 'Boolean':
      return drawn % 2 === 0;
    case 'JSON':
      return drawn % 3 === 0 ? { nested: [drawn, 'text', null] } : drawn % 5;
    default:
      return TEXTS[drawn % TEXTS.length] ?? '';
  }
}

const TEXTS = [
  'plain',
  'with "quotes"',
  'back\\slash',
  'line\nbreak',
  'snow ☃',
  'emoji 🎟',
  'lone \ud800',
  '',
  'a'.repeat(60),
];
