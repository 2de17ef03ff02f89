/** Who this step is. The version counts up whenever the same options and inputs would give another soundtrack. */
export const meta = { name: 'soundtrack', version: 1, needs: ['source', 'prompt', 'visual'] } as const;
