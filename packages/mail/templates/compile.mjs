// Compiles mail.mjml to src/compiled-template.ts: `npm run mail:templates`.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import mjml2html from 'mjml';

const source = await readFile(new URL('mail.mjml', import.meta.url), 'utf8');
const { html, errors } = await mjml2html(source, { validationLevel: 'strict', keepComments: false, fonts: {} });
if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
const text = html
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
  .join('\n');
const hash = (of) => createHash('sha256').update(of).digest('hex');
const module = `// Compiled from templates/mail.mjml by \`npm run mail:templates\`: change that.

export const SOURCE_SHA256 = '${hash(source)}';
export const TEMPLATE_SHA256 = '${hash(text)}';

/** The HTML part of every mail, as a mustache template. */
export const TEMPLATE = ${JSON.stringify(text)};
`;
await writeFile(new URL('../src/compiled-template.ts', import.meta.url), module);
