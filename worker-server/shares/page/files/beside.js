/**
 * Plays the visitor's own copy of the video, muted, in sync with the sound of this page. The file is not uploaded: it is
 * played from a blob URL.
 */
const section = /** @type {HTMLElement} */ (document.querySelector('.sound'));
const audio = /** @type {HTMLAudioElement} */ (section.querySelector('audio'));
const stage = /** @type {HTMLElement} */ (section.querySelector('[data-stage]'));
const box = /** @type {HTMLElement} */ (section.querySelector('[data-beside]'));
const note = /** @type {HTMLElement} */ (section.querySelector('[data-note]'));
const input = /** @type {HTMLInputElement} */ (section.querySelector('input'));

/** Largest offset between video and sound, seconds. Smaller offsets are less visible than a seek. */
const APART_SECONDS = 0.08;
const OTHER_LENGTH_SECONDS = 0.5;

box.hidden = false;
input.addEventListener('change', () => show(input.files?.[0]));
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  box.classList.add('is-over');
});
document.addEventListener('dragleave', () => box.classList.remove('is-over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  box.classList.remove('is-over');
  show(event.dataTransfer?.files[0]);
});

/** @param {File | undefined} file */
function show(file) {
  if (!file) return;
  note.textContent = '';
  const isPicture = file.type.startsWith('image/');
  const screen = document.createElement(isPicture ? 'img' : 'video');
  screen.addEventListener('error', () => {
    note.textContent = section.dataset.notPlayable ?? '';
  });
  if (screen instanceof HTMLVideoElement) follow(screen);
  screen.src = URL.createObjectURL(file);
  stage.replaceChildren(screen);
}

/** @param {HTMLVideoElement} video */
function follow(video) {
  video.muted = true;
  video.playsInline = true;
  const meet = () => {
    if (Math.abs(video.currentTime - audio.currentTime) > APART_SECONDS)
      video.currentTime = audio.currentTime;
  };
  video.addEventListener('loadedmetadata', () => {
    const wanted = Number(section.dataset.seconds);
    const isOther = Math.abs(video.duration - wanted) > OTHER_LENGTH_SECONDS;
    note.textContent = isOther ? (section.dataset.otherLength ?? '') : '';
    meet();
    if (!audio.paused) void video.play();
  });
  video.addEventListener('click', () => void (audio.paused ? audio.play() : audio.pause()));
  audio.onplay = () => void video.play().then(meet, () => undefined);
  audio.onpause = () => video.pause();
  audio.onseeked = meet;
  audio.ontimeupdate = meet;
}
