/** Names of steps in schema 1 → their present names. */
export const RENAMED_STEPS: Readonly<Record<string, string>> = {
  visual: 'features',
  original: 'source-audio',
};

type Fields = Record<string, unknown>;

/** Migrates options of schema 1, which were by step and had no schema number; returns others unchanged. */
export function optionsFrom1(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || 'schema' in data) return data;
  const old = data as Partial<Record<string, Fields>>;
  const renamed = Object.entries(old).map(([step, own]) => [RENAMED_STEPS[step] ?? step, own]);
  return {
    schema: 2,
    of: {},
    all: {
      ...(Object.fromEntries(renamed) as object),
      length: lengthFrom1(old['soundtrack']),
      description: descriptionFrom1(old['description']),
      prompt: { ...old['prompt'], description: ownWords(old['description']) },
      soundtrack: soundtrackFrom1(old['soundtrack']),
    },
  };
}

/** The length of a film from a picture was an option of the soundtrack. */
export function lengthFrom1({ pictureSeconds }: Fields = {}): Fields {
  return { durationSeconds: pictureSeconds };
}

/** A server's answer was an option (`given`); now it is an entry, which the describer `server` selects. */
export function descriptionFrom1({ describer, device, question, given }: Fields = {}): Fields {
  const own = describer === 'measured' ? 'rules' : describer;
  return { describer: given ? 'server' : own, device, question };
}

/** The user's own description, which is an option of `prompt` now. */
export function ownWords({ text }: Fields = {}): string | null {
  return typeof text === 'string' && text.trim() ? text : null;
}

/** One engine made both tracks; now each track has its generator. */
export function soundtrackFrom1({ engine, kind, seed = 1, score, server }: Fields = {}): Fields {
  const { take, ...asked } = (server ?? {}) as Fields;
  const choice =
    engine === 'server' && server
      ? { generator: 'server', ...asked, candidate: take }
      : { generator: 'synth' };
  return { kind, seed, score, music: choice, effects: choice };
}
