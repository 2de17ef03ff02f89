// Before anything is painted. The first screen is in the page itself, in English, and is seen before the app listens.
const page = document.documentElement;

// The theme that was chosen in the settings (see src/lib/state/settings.svelte.ts).
try {
  const { theme } = JSON.parse(localStorage.getItem('immersivaudio-settings') ?? '{}');
  if (theme === 'light' || theme === 'dark') page.dataset.theme = theme;
} catch {
  // Storage is closed to this page: it follows the system.
}

if (location.pathname === '/') {
  // Who reads another language, or left a project open in this tab, waits for what is theirs.
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

/** Whether the first screen as it comes is the one that this visitor shall see. */
function isTheirs() {
  try {
    if (sessionStorage.getItem('open-project') !== null) return false;
    return (localStorage.getItem('immersivaudio-language') ?? navigator.language).startsWith('en');
  } catch {
    return navigator.language.startsWith('en');
  }
}
