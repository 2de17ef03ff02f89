/** Who the step is: its name in the document, the version of its result, the entries that it reads. */
export const BEST_FRAME = { name: 'best-frame', version: 2, needs: ['frames'] } as const;
