import type { Describer } from './describer.ts';

/** The built-in describer: one sentence from what was detected and measured. The same facts give the same text. */
export const rulesDescriber: Describer = {
  name: 'rules',
  async describe({ features, objects, scenes }) {
    const [{ filmFactsOf }, { describe }] = await Promise.all([
      import('#lib/evidence/film-facts.ts'),
      import('#lib/phrases/en.ts'),
    ]);
    const facts = filmFactsOf({ features, objects }, scenes);
    return { text: describe(facts), facts };
  },
};
