// Before anything is painted: the theme that was chosen in the settings (see src/lib/state/settings.svelte.ts).
try {
  const { theme } = JSON.parse(localStorage.getItem('immersivaudio-settings') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to this page: it follows the system.
}
