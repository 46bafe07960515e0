import MarkdownIt from 'markdown-it';

/** HTML in a text is shown as it is written, and links lead to addresses alone, not to scripts. */
const markdown = new MarkdownIt({ html: false, linkify: false });

/** Markdown as HTML that is safe to show. */
export function renderMarkdown(text: string): string {
  return markdown.render(text);
}
