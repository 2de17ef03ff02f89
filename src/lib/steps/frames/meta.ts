/** Who this step is. The version counts up whenever the same options and inputs would give other frames. */
export const meta = { name: 'frames', version: 1, needs: ['source'] } as const;
