import { html } from 'hono/html';
import { htmlDocument, wordmark, type Html } from './document.ts';
import { pageWords } from './page-words.ts';

/** The calm page for a link that never was, or is no more. */
export function gonePage(why: 'unknown' | 'gone', acceptLanguage: string | undefined): Html {
  const { language, words } = pageWords(acceptLanguage);
  const title = why === 'gone' ? words.goneTitle : words.unknownTitle;
  const text = why === 'gone' ? words.goneText : words.unknownText;
  const body = html`<header>${wordmark()}</header>
    <main class="calm">
      <h1>${title}</h1>
      <p class="soft">${text}</p>
      <p><a class="button lamp" href="/">${words.makeOwn}</a></p>
    </main>`;
  return htmlDocument({ language, title }, body);
}
