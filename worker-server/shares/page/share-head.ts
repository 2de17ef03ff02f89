import { html } from 'hono/html';
import type { Html } from './document.ts';
import type { PageMessages } from './page-messages.ts';
import type { ShareView } from './share-view.ts';

/** Size of the embedded player for sound without video, pixels. */
const SOUND_SIZE = { width: 640, height: 360 };

/** Metadata for link previews: Open Graph (ogp.me) and Twitter's player card. Sealed links reveal nothing but their kind. */
export function shareHead(view: ShareView, title: string, messages: PageMessages): Html {
  const { form, details, pageUrl, embedUrl, mediaUrl, mediaType, cardUrl } = view;
  const { width, height } = details?.width ? details : SOUND_SIZE;
  const graph: [string, string | number | null][] = [
    ['og:site_name', 'Immersivaudio'],
    ['og:title', title],
    ['og:description', form === 'recipe' ? messages.sound : messages.description],
    ['og:url', pageUrl],
    ['og:type', form === 'recipe' ? 'music.song' : 'video.other'],
    ['og:image', cardUrl],
    ['og:image:type', cardUrl && 'image/jpeg'],
    ['og:image:width', cardUrl && 1200],
    ['og:image:height', cardUrl && 630],
    ['og:image:alt', cardUrl && title],
    ...(form === 'film' ? media('og:video', view) : form === 'recipe' ? media('og:audio', view) : []),
    ...(form === 'film'
      ? ([
          ['og:video:width', width],
          ['og:video:height', height],
        ] as [string, number][])
      : []),
  ];
  const card: [string, string | number | null][] =
    form === 'sealed'
      ? [
          ['twitter:card', 'summary'],
          ['twitter:title', title],
        ]
      : [
          ['twitter:card', 'player'],
          ['twitter:title', title],
          ['twitter:description', messages.description],
          ['twitter:image', cardUrl],
          ['twitter:player', embedUrl],
          ['twitter:player:width', width],
          ['twitter:player:height', height],
          ['twitter:player:stream', mediaUrl],
          ['twitter:player:stream:content_type', mediaType],
        ];
  return html`<meta name="description" content="${messages.description}" />
    <link rel="canonical" href="${pageUrl}" />
    ${graph.filter(([, value]) => value !== null).map(([name, value]) => html`<meta property="${name}" content="${String(value)}" /> `)}
    ${card.filter(([, value]) => value !== null).map(([name, value]) => html`<meta name="${name}" content="${String(value)}" /> `)}`;
}

function media(name: string, { mediaUrl, mediaType }: ShareView): [string, string | null][] {
  return [
    [name, mediaUrl],
    [`${name}:secure_url`, mediaUrl.startsWith('https:') ? mediaUrl : null],
    [`${name}:type`, mediaType],
  ];
}
