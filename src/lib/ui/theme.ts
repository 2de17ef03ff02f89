/** The values of `--paper` in `styles/tokens.css`, for the browser's own toolbar. */
const PAPER = { light: '#f4ecdf', dark: '#0a171b' };

/** Shows the light or dark theme, or that of the system. */
export function showTheme(theme: 'system' | 'light' | 'dark'): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = PAPER[theme === 'system' ? own : theme];
  }
}
