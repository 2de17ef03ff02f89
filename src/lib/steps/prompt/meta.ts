/** Who the step is: its name in the document, the version of its result, the entries that it reads. */
export const PROMPT = { name: 'prompt', version: 2, needs: ['description', 'visual', 'objects'] } as const;
