/** Name, version and needs of this room. */
export const OBJECTS = { name: 'objects', version: 1, needs: ['frames'] } as const;
