import type { Generator, ServerRequest } from '#lib/generators/generator.ts';
import { generateSpec } from '#lib/generators/server/generate-spec.ts';
import { ServerGenerator, type SoundServer } from '#lib/generators/server/server-generator.ts';
import { planScore, suggestEffects, synthGenerator } from '#lib/generators/synth/synth-generator.ts';
import type { GeneratedStem, GeneratorChoice, Kind, TrackName } from '#lib/job/entries/soundtrack.ts';
import type { OptionsOf } from '#lib/job/entry.ts';
import { deviceMaker } from '#lib/job/maker.ts';
import type { Score, SoundtrackRequest } from '#lib/job/score.ts';
import { filmNeeds, type Inputs, type Step, type StepContext, type StepResult } from '#lib/job/step.ts';
import type { Suggestion } from '#lib/job/suggestion.ts';
import type { GenerateSpec } from '#lib/protocol/job-request.ts';
import { WorkerClient } from '#lib/worker/worker-client.ts';
import type { Followed } from './follow-objects.ts';
import type { FollowApi } from './follow.worker.ts';
import FollowWorker from './follow.worker.ts?worker';

export type { ServerPhase } from '#lib/generators/server/job-progress.ts';
export type { SoundServer } from '#lib/generators/server/server-generator.ts';
export {
  planScore,
  renderSample,
  reviseScore,
  soundCatalogue,
} from '#lib/generators/synth/synth-generator.ts';

/** The generator of each track. */
export type Choices = Readonly<Record<TrackName, GeneratorChoice>>;

/** Options that keep an edited score: another seed plays the same score differently. */
const KEEPS_LANES = ['score', 'seed'];

/**
 * Makes music and effects at the same time, each with the generator of its choice.
 * @param server The generation server, if there is a connection to one.
 * @throws TypeError when a chosen generator is not available; StorageFullError when the device is full.
 */
export async function makeSoundtrack(
  request: SoundtrackRequest,
  choices: Choices,
  { signal, onProgress }: StepContext,
  server: Generator<ServerRequest> | null = null,
): Promise<StepResult<'soundtrack'>> {
  const tracks = tracksOf(request.kind);
  const by = (name: GeneratorChoice['generator']) =>
    tracks.filter((track) => choices[track].generator === name);
  if (by('server').length > 0 && !server?.isAvailable())
    throw new TypeError('A server’s take is gone from this device: generate it again.');
  const played = by('synth');
  const score = played.length > 0 ? await planScore({ ...request, kind: kindOf(played) }, signal) : null;
  const serverRequest = { ...request, kind: kindOf(by('server')) };

  const stop = new AbortController();
  const done: Record<TrackName, number> = { music: 0, effects: 0 };
  const make = async (track: TrackName): Promise<GeneratedStem | null> => {
    const choice = choices[track];
    const context = {
      signal: AbortSignal.any([signal, stop.signal]),
      onProgress: (fraction: number) => {
        done[track] = fraction;
        onProgress(Math.min(...tracks.map((each) => done[each])));
      },
    };
    const made =
      choice.generator === 'synth'
        ? await synthGenerator.make(
            { generator: 'synth', track, score: score!, isEdited: request.score !== undefined },
            context,
          )
        : await server!.make({ generator: 'server', track, choice, soundtrack: serverRequest }, context);
    done[track] = 1;
    return made;
  };
  try {
    const [music = null, effects = null] = await Promise.all(
      (['music', 'effects'] as const).map((track) =>
        tracks.includes(track) ? make(track) : Promise.resolve(null),
      ),
    );
    const maker = [music, effects].find((made) => made?.maker.where === 'server')?.maker;
    const { durationSeconds } = score ?? request;
    return { output: { durationSeconds, music, effects, score }, maker: maker ?? deviceMaker('synth') };
  } catch (error) {
    // One track alone is useless: the other one is aborted.
    stop.abort(new DOMException('The other track failed.', 'AbortError'));
    throw error;
  }
}

/** Objects are followed here: planning and playing have workers of their own. */
const follower = new WorkerClient<FollowApi>(FollowWorker);

const needs = filmNeeds('source', 'length', 'watch', 'scenes', 'prompt', 'features', 'objects');
type SoundtrackStep = Step<'soundtrack', typeof needs>;

/** The step that makes the music and the effects, on this device or with a generation server. */
function stepWith(server: Generator<ServerRequest> | null): SoundtrackStep {
  return {
    name: 'soundtrack',
    version: 11,
    about: ['film'],
    needs,
    isAutomatic: true,
    readsBlobs: ({ score }) => (score ? [] : ['watch']),
    async run(inputs, options, context) {
      const request = await requestOf(inputs, options, await follow(inputs, options, context));
      return makeSoundtrack(request, options, context, server);
    },
    replans: (change) => Object.keys(change).some((name) => !KEEPS_LANES.includes(name)),
  };
}

/** The step on this device. */
export const soundtrackStep: SoundtrackStep = stepWith(null);

/** The step with a connection to a generation server; all candidates come from one job. */
export const soundtrackStepOn = (server: SoundServer): SoundtrackStep =>
  stepWith(new ServerGenerator(server));

/** The request to a server. @throws TypeError when no track comes from a server, or without prompts. */
export async function serverSpec(
  inputs: Omit<Inputs<typeof needs>, 'watch'>,
  options: OptionsOf<'soundtrack'>,
): Promise<GenerateSpec> {
  const request = await requestOf(inputs, options);
  const tracks = tracksOf(request.kind).filter((track) => options[track].generator === 'server');
  const choice = options[tracks[0] ?? 'music'];
  if (choice.generator !== 'server')
    throw new TypeError('The options of a server were wanted; these are for this device.');
  return generateSpec({ ...request, kind: kindOf(tracks) }, choice);
}

/** What could be added to the effects of a score, from what the frames show. */
export async function suggestSounds(
  inputs: Omit<Inputs<typeof needs>, 'watch'>,
  options: OptionsOf<'soundtrack'>,
  score: Score,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  const request = await requestOf(inputs, { ...options, score: null });
  return suggestEffects(request, score, signal);
}

async function requestOf(
  { source, length, scenes, prompt, features, objects }: Omit<Inputs<typeof needs>, 'watch'>,
  options: OptionsOf<'soundtrack'>,
  followed?: Followed,
): Promise<SoundtrackRequest> {
  const { soundtrackRequest } = await import('./soundtrack-request.ts');
  return soundtrackRequest(
    {
      source: source.output,
      length: length.output,
      scenes: scenes.output,
      prompt,
      features: features.output,
      objects: objects.output,
    },
    options,
    followed,
  );
}

/** What moves in what was watched, for a score that is still to be planned. */
async function follow(
  { watch, objects, features, length }: Inputs<typeof needs>,
  { score }: OptionsOf<'soundtrack'>,
  { signal }: StepContext,
): Promise<Followed | undefined> {
  const { watched } = watch.output;
  if (!watched || score) return undefined;
  return follower.call(signal, (api) =>
    api.follow(watched, objects.output, features.output.cuts, length.output),
  );
}

function tracksOf(kind: Kind): TrackName[] {
  return kind === 'both' ? ['music', 'effects'] : [kind];
}

function kindOf(tracks: readonly TrackName[]): Kind {
  return tracks.length === 2 ? 'both' : (tracks[0] ?? 'both');
}
