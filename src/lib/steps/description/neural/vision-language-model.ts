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
import { expandImageToken, imageTokenCount, toldFeatureCount, type ImageConfig } from './image-tokens.ts';
import { precisions } from './precision.ts';

/** Enough for two or three sentences. */
export const MAX_TOKENS = 64;

/** Under this name the library asks for files: they are given by hand, so it is never part of an address. */
const NAME = 'describer';
const FOLDER = `/${NAME}/`;

/** What comes while an answer is written. */
export interface AnswerNews {
  /** All words so far. */
  onText: (text: string) => void;
  /** A token more. */
  onToken: () => void;
}

/** The library may reach for nothing but the files it is given: no network, no cache of its own. */
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
 * A model that sees a picture and answers a question about it: MoonDream2 and others of its shape (a LLaVA: Liu et al.
 * 2023), or SmolVLM and others of the shape of Idefics3. Lives in a worker.
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
   * Opens a model out of its files.
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

  /** Answers a question about a picture; the likeliest word each time, so the same picture gives the same answer. */
  async answer({ data, width, height }: RgbaImage, question: string, news: AnswerNews): Promise<string> {
    const image = new RawImage(data, width, height, 4);
    const kind = (this.#model.config as unknown as { model_type: string }).model_type;
    if (kind === 'idefics3' || kind === 'smolvlm') {
      const prompt = `<|im_start|>User:<image>${question}<end_of_utterance>\nAssistant:`;
      // The parts of a big picture one by one would take many times as long.
      const options = { do_image_splitting: false };
      const inputs = (await this.#processor(prompt, [image], options)) as Record<string, Tensor>;
      return this.#generate(inputs, news);
    }
    const { pixel_values } = (await this.#processor(image)) as { pixel_values: Tensor };
    const config = this.#model.config as unknown as ImageConfig;
    try {
      return await this.#generate(this.#prompt(question, imageTokenCount(config), pixel_values), news);
    } catch (error) {
      // The configuration doesn't tell the truth about the graph.
      const count = toldFeatureCount(error);
      if (count === null) throw error;
      return this.#generate(this.#prompt(question, count, pixel_values), news);
    }
  }

  /** The prompt that MoonDream2 was trained with, the picture's token repeated. */
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

  async #generate(inputs: Record<string, Tensor>, { onText, onToken }: AnswerNews): Promise<string> {
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
