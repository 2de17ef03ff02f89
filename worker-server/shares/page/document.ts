import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { PageLanguage } from './page-messages.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A complete page. Interpolated values are escaped unless they are `html` themselves. */
export function htmlDocument(
  {
    language,
    title,
    head,
    isBare = false,
  }: { language: PageLanguage; title: string; head?: Html; isBare?: boolean },
  body: Html,
): Html {
  return html`<!doctype html>
    <html lang="${language}" ${isBare ? html` class="bare"` : ''}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f4ecdf" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0a171b" media="(prefers-color-scheme: dark)" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title}</title>
        <link rel="stylesheet" href="/s/page.css" />
        <link rel="stylesheet" href="/s/player.css" />
        <link rel="icon" href="/icon.svg" />
        ${head ?? ''}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** The app's name and logo, linked to the app. */
export function wordmark(): Html {
  return html`<a class="wordmark" href="/"
    ><img src="/icon.svg" alt="" width="30" height="30" />Immersivaudio</a
  >`;
}
