/** Who this step is. The version counts up whenever the same source would give another stem or another activity. */
export const meta = { name: 'original', version: 1, needs: ['source'] } as const;
