/** Who this step is. The version counts up whenever the same options and stems would give another mix. */
export const meta = { name: 'mix', version: 3, needs: ['soundtrack', 'original'] } as const;
