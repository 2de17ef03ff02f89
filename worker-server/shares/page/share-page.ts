import { html } from 'hono/html';
import { htmlDocument, wordmark, type Html } from './document.ts';
import { pageWords, type PageLanguage, type PageWords } from './page-words.ts';
import { shareHead } from './share-head.ts';
import type { ShareView } from './share-view.ts';
import { soundList, waveform } from './sound-drawing.ts';

/** A link's page, or only its player for other pages. Plays without script, unless it is sealed. */
export function sharePage(view: ShareView, kind: 'page' | 'embed', acceptLanguage: string | undefined): Html {
  const { language, words } = pageWords(acceptLanguage);
  const title = view.title || (view.form === 'sealed' ? words.sealedTitle : words.untitled);
  const head = shareHead(view, title, words);
  const player = view.form === 'sealed' ? sealed(view, words) : open(view, title, words);
  if (kind === 'embed') {
    const bare = html`<main class="embed">
      ${player} <a class="corner" href="${view.pageUrl}" target="_blank" rel="noopener">${title}</a>
    </main>`;
    return htmlDocument({ language, title, head, isBare: true }, bare);
  }
  const { details } = view;
  const body = html`<header>${wordmark()}<a class="button" href="/">${words.makeOwn}</a></header>
    <main>
      ${player}
      <div class="about">
        <h1 id="title">${title}</h1>
        <p class="soft">
          ${words.until}
          <time datetime="${view.expiresAt.toISOString()}">${day(view.expiresAt, language)}</time>
        </p>
        <p class="row">
          <a class="button lamp" href="/">${words.makeOwn}</a>
          ${view.hasRecipe ? html`<a class="button" href="/?remix=${view.id}">${words.remix}</a>` : ''}
          ${view.form === 'sealed' ? '' : html`<a class="button" href="${view.mediaUrl}?download">${words.download}</a>`}
        </p>
      </div>
      ${details ? recipeWords(view, words) : ''}
      ${details && details.captions.length > 0 ? soundList(details.captions, words.heard) : ''}
    </main>
    <footer class="soft">
      <p>${words.madeWith} <a href="/">Immersivaudio</a></p>
      ${view.reportUrl ? html`<p><a href="${view.reportUrl}" rel="nofollow">${words.report}</a></p>` : ''}
    </footer>`;
  return htmlDocument({ language, title, head }, body);
}

function open(view: ShareView, title: string, words: PageWords): Html {
  const { id, details, mediaType } = view;
  const language = details?.language ?? 'en';
  const track = details?.captions.length
    ? html`<track
        kind="captions"
        srclang="${language}"
        label="${words.captions}"
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
    data-other-length="${words.otherLength}"
    data-not-playable="${words.notPlayable}"
  >
    <div class="stage" data-stage>${waveform(details?.peaks ?? [], words.sound)}</div>
    <audio controls preload="metadata" aria-label="${title}">${source}${track}</audio>
    <div class="beside" data-beside hidden>
      <p><strong>${words.haveVideo}</strong> <span class="soft">${words.dropVideo}</span></p>
      <label class="button"
        ><input type="file" accept="video/*,image/*" class="unseen" />${words.chooseVideo}</label
      >
      <p role="status" data-note></p>
    </div>
    <script type="module" src="/s/beside.js"></script>
  </section>`;
}

function sealed(view: ShareView, words: PageWords): Html {
  return html`<section
    class="sealed"
    data-source="/s/${view.id}/media"
    data-no-key="${words.noKey}"
    data-wrong-key="${words.wrongKey}"
    data-unreachable="${words.unreachable}"
    data-opening="${words.opening}"
    data-captions="${words.captions}"
  >
    <div class="stage" data-stage>
      <p role="status" data-note><noscript>${words.needsScript}</noscript></p>
      <progress max="1" value="0" hidden aria-label="${words.opening}"></progress>
    </div>
    <script type="module" src="/s/private.js"></script>
  </section>`;
}

function recipeWords({ details }: ShareView, words: PageWords): Html | '' {
  const prompt = details?.recipe?.prompt;
  const lines = [
    [words.music, prompt?.music],
    [words.effects, prompt?.effects],
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
