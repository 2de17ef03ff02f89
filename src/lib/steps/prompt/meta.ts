/** Who the step is: its name in the document, the version of its result, the entries that it reads. */
export const PROMPT = { name: 'prompt', version: 1, needs: ['description', 'visual', 'source'] } as const;
