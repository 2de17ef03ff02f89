/** Who the step is: its name in the document, the version of its result, the entries that it reads. */
export const VISUAL = { name: 'visual', version: 1, needs: ['frames', 'source'] } as const;
