/** Who the step is: its name in the document, the version of its result, the entries that it reads. */
export const DESCRIPTION = {
  name: 'description',
  version: 2,
  needs: ['source', 'frames', 'visual', 'best-frame'],
} as const;
