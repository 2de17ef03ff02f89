import { proxy } from 'comlink';
import type { SourceOutput } from '#lib/job/entries/source.ts';
import type { ScenesOptions } from '#lib/job/entries/scenes.ts';
import { deviceMaker, type Maker } from '#lib/job/maker.ts';
import type { StepContext } from '#lib/job/step.ts';
import { findModel } from '#lib/models/installed.ts';
import { ModelWorkerClient } from '#lib/models/model-worker-client.ts';
import { obtainWeights } from '#lib/models/obtain.ts';
import { hasBlob } from '#lib/worker/blob-store.ts';
import NetworkWorker from './network.worker.ts?worker';
import type { NetworkApi, ScoredFilm } from './network.worker.ts';
import type { KnownScores } from './scored-in.ts';

/** The network, by its id in the manifest. */
const NETWORK = 'transnetv2';

const worker = new ModelWorkerClient<NetworkApi>(NetworkWorker);

/** These errors are thrown; all others are reasons to do without the network. */
const REFUSALS = ['AbortError', 'BlobMissingError'];

/** The last scores, so that another sensitivity needs no second pass over the film. */
let latest: { key: string; scored: ScoredFilm } | null = null;

/** The scores and their maker, or why there are none. */
type Scoring = (ScoredFilm & { maker: Maker }) | { scores: null; why: string; error: string };

/**
 * Has the network score every picture of a film, with weights from this device or from our own origin.
 * @param known What it said before: if that was the same network and film, nothing is decoded.
 * It never fails because of the model or the decoder: then `why` and `error` say what is wrong.
 * @throws BlobMissingError when the file is not stored; AbortError.
 */
export async function scoreByNetwork(
  source: SourceOutput,
  { device }: Pick<ScenesOptions, 'device'>,
  { signal, onProgress }: StepContext,
  known: KnownScores | null,
): Promise<Scoring> {
  try {
    const model = await findModel(NETWORK);
    if (!model) throw new TypeError(`There is no model “${NETWORK}” among those that this app knows.`);
    const revision = model.hub?.revision ?? '';
    const maker = deviceMaker(NETWORK, model.title, [{ name: NETWORK, revision, licence: model.licence }]);
    const isSame = known?.source === source.blob && known.device === device && known.revision === revision;
    if (isSame && (await hasBlob(known.scores))) return { scores: known.scores, why: known.why, maker };
    const weights = await obtainWeights(model, device, { signal, onProgress: () => undefined });
    const key = JSON.stringify([weights.name, weights.lastModified, device, source.blob]);
    if (latest?.key === key && (await hasBlob(latest.scored.scores))) return { ...latest.scored, maker };
    const scored = await worker.callOn(device, signal, (api) =>
      api.score(source, weights, device, proxy(onProgress)),
    );
    latest = { key, scored };
    return { ...scored, maker };
  } catch (error) {
    const { name, message } = error as Error;
    // A runtime that failed may be unusable: the next call gets a new one.
    worker.close();
    if (REFUSALS.includes(name)) throw error;
    return { scores: null, why: message, error: name };
  }
}
