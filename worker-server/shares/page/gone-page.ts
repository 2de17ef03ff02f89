import { html } from 'hono/html';
import { htmlDocument, wordmark, type Html } from './document.ts';
import { pageMessages } from './page-messages.ts';

/** The page for a link that doesn't exist or is gone. */
export function gonePage(why: 'unknown' | 'gone', acceptLanguage: string | undefined): Html {
  const { language, messages } = pageMessages(acceptLanguage);
  const title = why === 'gone' ? messages.goneTitle : messages.unknownTitle;
  const text = why === 'gone' ? messages.goneText : messages.unknownText;
  const body = html`<header>${wordmark()}</header>
    <main class="calm">
      <h1>${title}</h1>
      <p class="soft">${text}</p>
      <p><a class="button lamp" href="/">${messages.makeOwn}</a></p>
    </main>`;
  return htmlDocument({ language, title }, body);
}
