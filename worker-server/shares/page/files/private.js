/** Decrypts a private link in the browser. The key is in the fragment of the URL, which browsers never send. */
import { openSealed } from './open-sealed.js';

const section = /** @type {HTMLElement} */ (document.querySelector('.sealed'));
const stage = /** @type {HTMLElement} */ (section.querySelector('[data-stage]'));
const note = /** @type {HTMLElement} */ (section.querySelector('[data-note]'));
const bar = /** @type {HTMLProgressElement} */ (section.querySelector('progress'));

addEventListener('hashchange', () => location.reload());
void start();

async function start() {
  const key = /^#k=([\w-]{43})$/.exec(location.hash)?.[1];
  if (!key) return say(section.dataset.noKey);
  bar.hidden = false;
  say(section.dataset.opening);
  const answer = await fetch(section.dataset.source ?? '', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok || !answer.body) return say(section.dataset.unreachable);
  try {
    show(await openSealed(counted(answer), key));
  } catch (error) {
    const isNetwork = error instanceof TypeError;
    say(isNetwork ? section.dataset.unreachable : section.dataset.wrongKey);
  }
}

/** @param {Response} answer */
async function* counted(answer) {
  const length = Number(answer.headers.get('Content-Length'));
  const reader = /** @type {ReadableStream<Uint8Array>} */ (answer.body).getReader();
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    count += value.length;
    if (length > 0) bar.value = count / length;
    yield value;
  }
}

/** @param {Awaited<ReturnType<typeof openSealed>>} opened */
function show({ about, media }) {
  const player = document.createElement(media.type.startsWith('audio/') ? 'audio' : 'video');
  player.controls = true;
  player.src = URL.createObjectURL(media);
  if (player instanceof HTMLVideoElement) {
    player.playsInline = true;
    player.className = 'screen';
    if (about.poster?.startsWith('data:image/jpeg;base64,')) player.poster = about.poster;
  }
  if (about.vtt) {
    const track = document.createElement('track');
    track.kind = 'captions';
    track.label = section.dataset.captions ?? '';
    track.src = URL.createObjectURL(new Blob([about.vtt], { type: 'text/vtt' }));
    track.default = true;
    player.append(track);
  }
  if (about.title) {
    document.title = about.title;
    player.setAttribute('aria-label', about.title);
    const heading = document.querySelector('#title');
    if (heading) heading.textContent = about.title;
  }
  stage.replaceChildren(player);
}

/** @param {string | undefined} words */
function say(words) {
  note.textContent = words ?? '';
  if (words !== section.dataset.opening) bar.hidden = true;
}
