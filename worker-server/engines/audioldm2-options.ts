import { join } from 'node:path';
import type * as v from 'valibot';
import { readSetting, type Setting } from '../setting.ts';
import { AUDIOLDM2_SETTINGS } from './audioldm2-settings.ts';
import type { EngineLogLine } from './python-process.ts';

/** Options of the AudioLDM2 engine. Models are folders, `owner/name` or `owner/name@commit` on the model hub. */
export interface AudioLdm2Options {
  /** For effects, and for music unless `musicModel` is set. */
  model: string;
  musicModel?: string;
  /** A MoonDream2 model; null disables descriptions. */
  describer: string | null;
  /** `auto`, `cuda`, `cuda:1`, `mps` or `cpu`. */
  device: string;
  /** Precision of the denoising network: `auto`, `float16`, `bfloat16` or `float32`. */
  dtype: string;
  /** Compiles the denoising network on CUDA, which delays the first sound of each length by about a minute. */
  isCompiled: boolean;
  /** Program and arguments that start the Python process. */
  command: string[];
  /** Environment of the Python process. */
  env: NodeJS.ProcessEnv;
  log: (line: EngineLogLine) => void;
  /** Delay of the first restart in milliseconds, doubled for each further one up to `maxBackOffMs`. */
  firstBackOffMs: number;
  maxBackOffMs: number;
  /** How long a cancelled request may take to end before the process is killed, milliseconds. */
  cancelGraceMs: number;
  /** How long a request may run without a message before the process is killed, milliseconds. */
  maxSilenceMs: number;
}

/** The Python script, which declares its dependencies; `uv run --script` installs them on the first start. */
export const SCRIPT = join(import.meta.dirname, 'audioldm2.py');

/**
 * Reads `AUDIOLDM2_MODEL`, `AUDIOLDM2_MUSIC_MODEL`, `DESCRIBER_MODEL` (`none` disables descriptions),
 * `AUDIOLDM2_DEVICE`, `AUDIOLDM2_DTYPE`, `AUDIOLDM2_COMPILE` and `UV` (path of uv, if it is not on PATH).
 * @throws TypeError with a sentence about the invalid setting.
 */
export function readAudioLdm2Options(
  variables: Record<string, string | undefined>,
  log: (line: EngineLogLine) => void,
): AudioLdm2Options {
  const settings = readAll(variables);
  return {
    model: settings.AUDIOLDM2_MODEL,
    ...(settings.AUDIOLDM2_MUSIC_MODEL && { musicModel: settings.AUDIOLDM2_MUSIC_MODEL }),
    describer: settings.DESCRIBER_MODEL === 'none' ? null : settings.DESCRIBER_MODEL,
    device: settings.AUDIOLDM2_DEVICE,
    dtype: settings.AUDIOLDM2_DTYPE,
    isCompiled: settings.AUDIOLDM2_COMPILE === '1',
    command: [settings.UV, 'run', '--script', SCRIPT],
    // The process needs none of the server's secrets.
    env: {
      ...variables,
      TOKEN: undefined,
      S3_SECRET_ACCESS_KEY: undefined,
      REDIS_URL: undefined,
      HF_HUB_DISABLE_TELEMETRY: '1',
      DO_NOT_TRACK: '1',
    },
    log,
    firstBackOffMs: 1000,
    maxBackOffMs: 60_000,
    cancelGraceMs: 15_000,
    maxSilenceMs: 600_000,
  };
}

function readAll(
  variables: Record<string, string | undefined>,
): Record<keyof typeof AUDIOLDM2_SETTINGS, string> {
  const entries = Object.entries(AUDIOLDM2_SETTINGS).map(
    ([name, row]: [string, Setting<v.GenericSchema<string, string>>]) => [
      name,
      readSetting(row, variables[name]),
    ],
  );
  return Object.fromEntries(entries) as Record<keyof typeof AUDIOLDM2_SETTINGS, string>;
}
