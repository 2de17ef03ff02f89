import { join } from 'node:path';
import type * as v from 'valibot';
import { readSetting, type Setting } from '../setting.ts';
import { AUDIOLDM2_SETTINGS } from './audioldm2-settings.ts';
import type { EngineLogLine } from './python-process.ts';

/** What an AudioLDM2 engine is made of. Models are folders, `owner/name` or `owner/name@commit` on the model hub. */
export interface AudioLdm2Options {
  /** For effects, and for music unless `musicModel` is there. */
  model: string;
  musicModel?: string;
  /** A MoonDream2; null leaves describing out. */
  describer: string | null;
  /** `auto`, `cuda`, `cuda:1`, `mps` or `cpu`. */
  device: string;
  /** Numbers of the denoising network: `auto`, `float16`, `bfloat16` or `float32`. */
  dtype: string;
  /** Compiles the denoising network on CUDA: the first sound of each length takes a minute or so longer. */
  isCompiled: boolean;
  /** Program and arguments that start the Python side. */
  command: string[];
  /** Variables of the Python process. */
  env: NodeJS.ProcessEnv;
  log: (line: EngineLogLine) => void;
  /** Wait before the first restart in milliseconds; each further one waits twice as long, up to `maxBackOffMs`. */
  firstBackOffMs: number;
  maxBackOffMs: number;
  /** How long a cancelled request may take to end before the process is ended. */
  cancelGraceMs: number;
  /** How long a running request may say nothing before the process is ended. */
  maxSilenceMs: number;
}

/** The one Python script, which names what it needs; `uv run --script` installs that on the first start. */
export const SCRIPT = join(import.meta.dirname, 'audioldm2.py');

/**
 * Reads `AUDIOLDM2_MODEL`, `AUDIOLDM2_MUSIC_MODEL`, `DESCRIBER_MODEL` (`none` leaves describing out),
 * `AUDIOLDM2_DEVICE`, `AUDIOLDM2_DTYPE`, `AUDIOLDM2_COMPILE` and `UV` (where uv is, when not on the path).
 * @throws TypeError with one sentence on what is wrong.
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
    // The server's secrets are none of this process's business.
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
