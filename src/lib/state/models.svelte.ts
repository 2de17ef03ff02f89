import * as v from 'valibot';
import { BUILT_IN_DETECTOR } from '#lib/job/entries/objects.ts';
import { defaultOptions, type Options } from '#lib/job/options.ts';
import { canRun, findDevices, type Devices, type WantedDevice } from '#lib/models/devices.ts';
import { knownModels, storedName, type KnownModel } from '#lib/models/installed.ts';
import { partsOf } from '#lib/models/manifest.ts';
import { addOwnModel, download, findOffer, type Offer } from '#lib/models/obtain.ts';
import { deleteWeights } from '#lib/models/weights-folder.ts';
import { WeightsError } from '#lib/models/weights-error.ts';
import { preloadDescriber } from '#lib/steps/description/description.ts';
import { isAbort, toFailure, type Failure } from './failure.ts';
import { keepStored, readStored, storedText } from './stored-settings.ts';

/** A model in the list. */
export interface ModelRow extends KnownModel {
  /** Where it can be downloaded from; null from nowhere, undefined until that is checked. */
  offer: Offer | null | undefined;
  /** The running download, bytes; `of` is null when the size is unknown. */
  download: { bytes: number; of: number | null } | null;
  failure: Failure | null;
  /** False after a download that the hub had in no pinned version. */
  isPinned: boolean;
}

const SETTINGS_KEY = 'immersivaudio-models';

const SettingsSchema = v.object({
  version: v.literal(1),
  device: v.optional(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  detector: v.optional(v.string(), BUILT_IN_DETECTOR),
  /** Whether new projects look for things at all. */
  isLooking: v.optional(v.boolean(), true),
  describer: v.optional(v.nullable(v.string()), null),
});

/** The describer that needs no model. */
const RULES = 'rules';

/** The ids of the models that the user chose for new projects, and whether these look for things. */
type Chosen = Pick<v.InferOutput<typeof SettingsSchema>, 'detector' | 'isLooking' | 'describer'>;

/** The models on this device: installed, available, and used by new projects. Nothing is downloaded by itself. */
export class Models {
  rows: ModelRow[] = $state.raw([]);
  /** The capabilities of this machine; null until they are checked. */
  devices: Devices | null = $state.raw(null);
  /** What models are to run on. */
  device: WantedDevice = $state('auto');
  /** The last failure that belongs to no single model. */
  failure: Failure | null = $state.raw(null);

  #chosen: Chosen = $state.raw(readSettings());
  #downloads = new Map<string, AbortController>();

  /** The detectors that are here: the one of the app and the installed ones. */
  readonly detectors: KnownModel['model'][] = $derived(this.#here('objects'));
  /** The detector of new projects: the chosen one, else the one of the app; null for none. */
  readonly detectorId: string | null = $derived.by(() => {
    if (!this.#chosen.isLooking) return null;
    const isHere = this.detectors.some(({ id }) => id === this.#chosen.detector);
    return isHere ? this.#chosen.detector : BUILT_IN_DETECTOR;
  });
  /** The detector that is offered to whoever uses the one of the app; null when there is none. */
  readonly better: ModelRow | null = $derived(this.rows.find(({ model }) => model.tier === 'better') ?? null);
  /** The network that finds scenes; null while the list is not loaded. */
  readonly sceneFinder: ModelRow | null = $derived(
    this.rows.find(({ model }) => model.task === 'scenes') ?? null,
  );
  /** The installed models that describe pictures. */
  readonly describers: KnownModel['model'][] = $derived(this.#here('description'));
  /** The describer of new projects: the chosen one, else the first that is installed; null means rules. */
  readonly describer: KnownModel['model'] | null = $derived(
    this.describers.find((model) => model.id === this.#chosen.describer) ?? this.describers[0] ?? null,
  );

  constructor() {
    this.device = readSettings().device;
  }

  /** Loads the list of models. */
  async refresh(): Promise<void> {
    try {
      const known = await knownModels();
      const before = new Map(this.rows.map((row) => [row.model.id, row]));
      this.rows = known.map((one) => {
        const { offer, download = null, failure = null, isPinned = true } = before.get(one.model.id) ?? {};
        return { ...one, offer, download, failure, isPinned };
      });
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Checks which models can be downloaded, and what this machine can run. Downloads nothing. */
  async checkOffers(): Promise<void> {
    await this.refresh();
    this.devices = await findDevices();
    await Promise.all(
      this.rows.map(async ({ model, bytes }) => {
        if (bytes === null) this.#change(model.id, { offer: await findOffer(model, this.device) });
      }),
    );
  }

  /** Checks where the better detector can be downloaded, and nothing else. */
  checkBetter(): Promise<void> {
    return this.#checkOffer(() => this.better);
  }

  /** The same for the network that finds scenes. */
  checkSceneFinder(): Promise<void> {
    return this.#checkOffer(() => this.sceneFinder);
  }

  /** Whether somebody on this machine can use a model: it is here, or it can be had and would run. */
  isUsable({ model, bytes, offer }: ModelRow): boolean {
    if (bytes !== null) return true;
    return Boolean(offer) && this.devices !== null && canRun(model, this.device, this.devices);
  }

  /** Options for a new project: the defaults, with the installed models. */
  defaultOptions(): Options {
    const options = defaultOptions();
    const all = {
      ...options.all,
      objects: { ...options.all.objects, ...this.objectsOptions },
      description: { ...options.all.description, ...this.descriptionOptions },
    };
    return { ...options, all };
  }

  /** Options of the description step. */
  get descriptionOptions(): { describer: string; device: WantedDevice } {
    return { describer: this.describer?.id ?? RULES, device: this.device };
  }

  /** Whether new projects use this model; null when there is nothing to choose. */
  isUsed({ id, task }: KnownModel['model']): boolean | null {
    if (task !== 'objects' && task !== 'description') return null;
    return (task === 'objects' ? this.detectorId : this.describer?.id) === id;
  }

  /** Options of the objects step. */
  get objectsOptions(): { model: string | null; device: WantedDevice } {
    return { model: this.detectorId, device: this.device };
  }

  /**
   * Downloads a model and uses it from then on. Called only when the user has asked for it. Errors go to its row.
   * @returns Whether it is here.
   */
  async download(id: string): Promise<boolean> {
    const row = this.rows.find(({ model }) => model.id === id);
    if (!row || this.#downloads.has(id)) return false;
    const abort = new AbortController();
    this.#downloads.set(id, abort);
    this.#change(id, { download: { bytes: row.begunBytes, of: null }, failure: null });
    try {
      // Else the browser may clear the weights when storage runs low. A refusal is no reason to stop.
      await navigator.storage.persist();
      const offer = row.offer ?? (await findOffer(row.model, this.device));
      if (!offer)
        throw new WeightsError('Nobody hosts these weights: serve them from your own copy of this app.');
      const isPinned = await download(row.model, offer, {
        signal: abort.signal,
        onProgress: (bytes, of) => this.#change(id, { download: { bytes, of } }),
      });
      this.#change(id, { isPinned });
      // The model works even if its runtime can't be cached for offline use.
      if (row.model.task === 'description') await preloadDescriber().catch(() => undefined);
      if (this.isUsed(row.model) !== null) this.choose(id);
      return true;
    } catch (error) {
      if (!isAbort(error)) this.#change(id, { failure: toFailure(error) });
      return false;
    } finally {
      this.#downloads.delete(id);
      this.#change(id, { download: null });
      await this.refresh();
    }
  }

  /** Cancels a download. The next one resumes it. */
  cancel(id: string): void {
    this.#downloads.get(id)?.abort(new DOMException('Cancelled.', 'AbortError'));
  }

  /** Deletes a model from this device. */
  async remove(id: string): Promise<void> {
    const row = this.rows.find(({ model }) => model.id === id);
    if (!row) return;
    for (const file of row.model.files) {
      for (const part of partsOf(row.model, file)) await deleteWeights(storedName(row.model, part));
    }
    await this.checkOffers();
  }

  /** Installs a detector from the user's ONNX file, and uses it from now on. */
  async add(file: File): Promise<void> {
    this.failure = null;
    try {
      const id = await addOwnModel(file, new AbortController().signal);
      await this.refresh();
      this.choose(id);
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Uses this model for new projects. */
  choose(id: string): void {
    const { model } = this.rows.find((row) => row.model.id === id) ?? {};
    const isDescriber = model?.task === 'description';
    this.#chosen = {
      ...this.#chosen,
      ...(isDescriber ? { describer: id } : { detector: id, isLooking: true }),
    };
    this.#keepSettings();
  }

  /** New projects look for nothing. */
  stopLooking(): void {
    this.#chosen = { ...this.#chosen, isLooking: false };
    this.#keepSettings();
  }

  /** Runs models on this device type from now on. */
  chooseDevice(device: WantedDevice): void {
    this.device = device;
    this.#keepSettings();
    void this.checkOffers();
  }

  async #checkOffer(find: () => ModelRow | null): Promise<void> {
    if (this.rows.length === 0) await this.refresh();
    const row = find();
    if (row?.bytes !== null || row.offer !== undefined) return;
    this.#change(row.model.id, { offer: await findOffer(row.model, this.device) });
  }

  #here(task: KnownModel['model']['task']): KnownModel['model'][] {
    return this.rows.filter((row) => row.bytes !== null && row.model.task === task).map((row) => row.model);
  }

  #change(id: string, change: Partial<ModelRow>): void {
    this.rows = this.rows.map((row) => (row.model.id === id ? { ...row, ...change } : row));
  }

  #keepSettings(): void {
    keepStored(SETTINGS_KEY, { ...this.#chosen, version: 1, device: this.device });
  }
}

function readSettings(): v.InferOutput<typeof SettingsSchema> {
  return readStored(SettingsSchema, storedText(SETTINGS_KEY));
}
