/** Who this step is. The version counts up whenever the same file would give another entry. */
export const meta = { name: 'source', version: 1, needs: [] } as const;
