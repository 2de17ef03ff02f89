import {
  AutoModelForImageTextToText,
  AutoProcessor,
  AutoTokenizer,
  env,
  RawImage,
  Tensor,
  TextStreamer,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Processor,
} from '@xenova/transformers';
import type { RgbaImage } from '#lib/media/pixels/rgba-image.ts';
import { expandImageToken, imageTokenCount, featureCountIn, type ImageConfig } from './image-tokens.ts';
import { precisions } from './precision.ts';

/** Enough for two or three sentences. */
export const MAX_TOKENS = 64;

/** The name under which the library requests files. They are given to it, so it is never part of a URL. */
const NAME = 'describer';
const FOLDER = `/${NAME}/`;

/** Callbacks while an answer is generated. */
export interface AnswerEvents {
  /** The whole text so far. */
  onText: (text: string) => void;
  /** Another token. */
  onToken: () => void;
}

/** Lets the library use only the given files: no network, no cache of its own. */
function handOver(parts: ReadonlyMap<string, Blob>): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/';
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  env.customCache = {
    match: (address: string) => {
      const part = address.startsWith(FOLDER) ? parts.get(address.slice(FOLDER.length)) : undefined;
      return Promise.resolve(part && new Response(part));
    },
    put: () => Promise.resolve(),
  };
  env.fetch = () => Promise.resolve(new Response(null, { status: 404 }));
}

/**
 * A model that answers a question about a picture: MoonDream2 and others with the same architecture (a LLaVA: Liu et
 * al. 2023), or SmolVLM and others with that of Idefics3. For workers.
 */
export class VisionLanguageModel {
  #model: PreTrainedModel;
  #tokenizer: PreTrainedTokenizer;
  #processor: Processor;

  private constructor(model: PreTrainedModel, tokenizer: PreTrainedTokenizer, processor: Processor) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#processor = processor;
  }

  /**
   * Loads a model from its files.
   * @param parts By their paths in its repository: three graphs, a tokenizer and configurations.
   */
  static async open(parts: ReadonlyMap<string, Blob>, device: 'webgpu' | 'wasm' | 'cpu') {
    handOver(parts);
    const tokenizer = await AutoTokenizer.from_pretrained(NAME);
    const processor = await AutoProcessor.from_pretrained(NAME);
    const model = await AutoModelForImageTextToText.from_pretrained(NAME, {
      device,
      dtype: precisions([...parts.keys()]),
    });
    return new VisionLanguageModel(model, tokenizer, processor);
  }

  /** Answers a question about a picture, with greedy decoding: the same picture gives the same answer. */
  async answer({ data, width, height }: RgbaImage, question: string, events: AnswerEvents): Promise<string> {
    const image = new RawImage(data, width, height, 4);
    const kind = (this.#model.config as unknown as { model_type: string }).model_type;
    if (kind === 'idefics3' || kind === 'smolvlm') {
      const prompt = `<|im_start|>User:<image>${question}<end_of_utterance>\nAssistant:`;
      // Splitting a large picture would take many times as long.
      const options = { do_image_splitting: false };
      const inputs = (await this.#processor(prompt, [image], options)) as Record<string, Tensor>;
      return this.#generate(inputs, events);
    }
    const { pixel_values } = (await this.#processor(image)) as { pixel_values: Tensor };
    const config = this.#model.config as unknown as ImageConfig;
    try {
      return await this.#generate(this.#prompt(question, imageTokenCount(config), pixel_values), events);
    } catch (error) {
      // The graph has another number of features than its configuration.
      const count = featureCountIn(error);
      if (count === null) throw error;
      return this.#generate(this.#prompt(question, count, pixel_values), events);
    }
  }

  /** The prompt that MoonDream2 was trained with, with repeated image tokens. */
  #prompt(question: string, count: number, pixel_values: Tensor): Record<string, Tensor> {
    const config = this.#model.config as unknown as ImageConfig;
    const { input_ids } = this.#tokenizer(`<image>\n\nQuestion: ${question}\n\nAnswer:`) as {
      input_ids: Tensor;
    };
    const imageToken = config.image_token_index ?? config.image_token_id ?? -1;
    const ids = expandImageToken([...(input_ids.data as BigInt64Array)], imageToken, count);
    const whole = (values: bigint[]) => new Tensor('int64', BigInt64Array.from(values), [1, values.length]);
    return { input_ids: whole(ids), attention_mask: whole(ids.map(() => 1n)), pixel_values };
  }

  async #generate(inputs: Record<string, Tensor>, { onText, onToken }: AnswerEvents): Promise<string> {
    let text = '';
    const streamer = new TextStreamer(this.#tokenizer, {
      skip_prompt: true,
      callback_function: (more: string) => onText((text += more)),
      token_callback_function: onToken,
    });
    await this.#model.generate({ ...inputs, do_sample: false, max_new_tokens: MAX_TOKENS, streamer });
    return text;
  }

  /** Frees its memory. */
  async close(): Promise<void> {
    await this.#model.dispose();
  }
}
