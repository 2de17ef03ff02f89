// Runs before the first paint. The first screen is prerendered in English and is visible before the app has started.
const page = document.documentElement;

// The theme of the settings (see src/lib/state/settings.svelte.ts).
try {
  const { theme } = JSON.parse(localStorage.getItem('immersivaudio-settings') ?? '{}');
  if (theme === 'light' || theme === 'dark') page.dataset.theme = theme;
} catch {
  // Storage is not accessible: the theme follows the system.
}

if (location.pathname === '/') {
  // Users of another language, and tabs with an open project, wait for their own screen.
  page.dataset.waiting = isTheirs() ? 'seen' : 'unseen';
  let pressed = null;
  const note = (event) => (pressed = event.target.closest('button'));
  const listen = () => {
    delete page.dataset.waiting;
    document.removeEventListener('click', note);
    pressed?.click();
  };
  document.addEventListener('click', note);
  document.addEventListener('app-listens', listen, { once: true });
}

/** Whether the prerendered screen is the right one for this visitor. */
function isTheirs() {
  try {
    if (sessionStorage.getItem('open-project') !== null) return false;
    return (localStorage.getItem('immersivaudio-language') ?? navigator.language).startsWith('en');
  } catch {
    return navigator.language.startsWith('en');
  }
}
