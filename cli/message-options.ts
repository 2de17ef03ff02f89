import type { CompilerOptions } from '@inlang/paraglide-js';

/** How src/messages/*.json become the functions of src/lib/paraglide; Vite and `npm run messages` write the same files. */
export const MESSAGE_OPTIONS = {
  project: './src/project.inlang',
  outdir: './src/lib/paraglide',
  outputStructure: 'locale-modules',
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  localStorageKey: 'immersivaudio-language',
  isServer: "typeof window === 'undefined'",
  disableAsyncLocalStorage: true,
  emitReadme: false,
  emitTsDeclarations: true,
} satisfies CompilerOptions;
