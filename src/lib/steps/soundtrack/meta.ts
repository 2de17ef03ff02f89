/** Who this step is. The version counts up whenever the same options and inputs would give another soundtrack. */
export const meta = {
  name: 'soundtrack',
  version: 4,
  needs: ['source', 'prompt', 'visual', 'objects'],
} as const;
