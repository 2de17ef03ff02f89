/** The colours of `--paper` in `styles/tokens.css`, for the bar of the browser around the app. */
const PAPER = { light: '#f4ecdf', dark: '#0a171b' };

/** Shows the app in light or dark, or as the system has it. */
export function showTheme(theme: 'system' | 'light' | 'dark'): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = PAPER[theme === 'system' ? own : theme];
  }
}
