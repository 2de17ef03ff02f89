/** Who the step is: its name in the document, the version of its result, the entries that it reads. */
export const FILM = { name: 'film', version: 1, needs: ['source', 'soundtrack', 'original', 'mix'] } as const;
