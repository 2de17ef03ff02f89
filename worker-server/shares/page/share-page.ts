import { html } from 'hono/html';
import { htmlDocument, wordmark, type Html } from './document.ts';
import { pageMessages, type PageLanguage, type PageMessages } from './page-messages.ts';
import { shareHead } from './share-head.ts';
import type { ShareView } from './share-view.ts';
import { captionList, waveform } from './sound-markup.ts';

/** The page of a link, or only its player for embedding. Plays without script, except sealed links. */
export function sharePage(view: ShareView, kind: 'page' | 'embed', acceptLanguage: string | undefined): Html {
  const { language, messages } = pageMessages(acceptLanguage);
  const title = view.title || (view.form === 'sealed' ? messages.sealedTitle : messages.untitled);
  const head = shareHead(view, title, messages);
  const player = view.form === 'sealed' ? sealedPlayer(view, messages) : plainPlayer(view, title, messages);
  if (kind === 'embed') {
    const bare = html`<main class="embed">
      ${player} <a class="corner" href="${view.pageUrl}" target="_blank" rel="noopener">${title}</a>
    </main>`;
    return htmlDocument({ language, title, head, isBare: true }, bare);
  }
  const { details } = view;
  const body = html`<header>${wordmark()}<a class="button" href="/">${messages.makeOwn}</a></header>
    <main>
      ${player}
      <div class="about">
        <h1 id="title">${title}</h1>
        <p class="soft">
          ${messages.until}
          <time datetime="${view.expiresAt.toISOString()}">${day(view.expiresAt, language)}</time>
        </p>
        <p class="row">
          <a class="button lamp" href="/">${messages.makeOwn}</a>
          ${view.hasRecipe ? html`<a class="button" href="/?remix=${view.id}">${messages.remix}</a>` : ''}
          ${view.form === 'sealed' ? '' : html`<a class="button" href="${view.mediaUrl}?download">${messages.download}</a>`}
        </p>
      </div>
      ${details ? promptList(view, messages) : ''}
      ${details && details.captions.length > 0 ? captionList(details.captions, messages.heard) : ''}
    </main>
    <footer class="soft">
      <p>${messages.madeWith} <a href="/">Immersivaudio</a></p>
      ${view.reportUrl ? html`<p><a href="${view.reportUrl}" rel="nofollow">${messages.report}</a></p>` : ''}
    </footer>`;
  return htmlDocument({ language, title, head }, body);
}

function plainPlayer(view: ShareView, title: string, messages: PageMessages): Html {
  const { id, details, mediaType } = view;
  const language = details?.language ?? 'en';
  const track = details?.captions.length
    ? html`<track
        kind="captions"
        srclang="${language}"
        label="${messages.captions}"
        src="/s/${id}/captions.vtt"
        default
      />`
    : '';
  const source = html`<source src="/s/${id}/media" type="${mediaType}" />`;
  if (view.form === 'film') {
    const size = details?.width ? html` width="${details.width}" height="${details.height}"` : '';
    const poster = view.hasPoster ? html` poster="/s/${id}/poster.jpg"` : '';
    return html`<video
      class="screen"
      controls
      playsinline
      preload="metadata"
      aria-label="${title}"
      ${size}${poster}
    >
      ${source}${track}
    </video>`;
  }
  return html`<section
    class="sound"
    data-seconds="${details?.durationSeconds ?? 0}"
    data-other-length="${messages.otherLength}"
    data-not-playable="${messages.notPlayable}"
  >
    <div class="stage" data-stage>${waveform(details?.peaks ?? [], messages.sound)}</div>
    <audio controls preload="metadata" aria-label="${title}">${source}${track}</audio>
    <div class="beside" data-beside hidden>
      <p><strong>${messages.haveVideo}</strong> <span class="soft">${messages.dropVideo}</span></p>
      <label class="button"
        ><input type="file" accept="video/*,image/*" class="unseen" />${messages.chooseVideo}</label
      >
      <p role="status" data-note></p>
    </div>
    <script type="module" src="/s/beside.js"></script>
  </section>`;
}

function sealedPlayer(view: ShareView, messages: PageMessages): Html {
  return html`<section
    class="sealed"
    data-source="/s/${view.id}/media"
    data-no-key="${messages.noKey}"
    data-wrong-key="${messages.wrongKey}"
    data-unreachable="${messages.unreachable}"
    data-opening="${messages.opening}"
    data-captions="${messages.captions}"
  >
    <div class="stage" data-stage>
      <p role="status" data-note><noscript>${messages.needsScript}</noscript></p>
      <progress max="1" value="0" hidden aria-label="${messages.opening}"></progress>
    </div>
    <script type="module" src="/s/private.js"></script>
  </section>`;
}

function promptList({ details }: ShareView, messages: PageMessages): Html | '' {
  const prompt = details?.recipe?.prompt;
  const lines = [
    [messages.music, prompt?.music],
    [messages.effects, prompt?.effects],
  ].filter(([, text]) => text);
  if (lines.length === 0) return '';
  return html`<dl class="words">
    ${lines.map(
      ([name, text]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
}

function day(date: Date, language: PageLanguage): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}
