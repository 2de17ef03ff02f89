/** How messages become functions; read by Vite and by `npm run messages`, so that both write the same files. */
export default {
  outdir: './src/lib/paraglide',
  outputStructure: 'locale-modules',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'immersivaudio-language',
  isServer: "typeof window === 'undefined'",
  emitReadme: false,
  emitTsDeclarations: true,
  disableAsyncLocalStorage: true,
};
