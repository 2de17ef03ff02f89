import { describe, expect, it } from 'vitest';
import { readAudioLdm2Options } from '../../../../worker-server/engines/audioldm2-options.ts';

describe('the settings of the AudioLDM2 engine', () => {
  it('do not pass the secrets of the server to the process', () => {
    const secrets = {
      TOKEN: 'very secret indeed',
      S3_SECRET_ACCESS_KEY: 'very secret too',
      REDIS_URL: 'rediss://user:very secret@host',
    };
    const { env } = readAudioLdm2Options({ ...secrets, HOME: '/home/me' }, () => undefined);
    expect(env['HOME']).toBe('/home/me');
    expect(JSON.stringify(env)).not.toContain('very secret');
  });

  it('are read from the environment', () => {
    const options = readAudioLdm2Options(
      {
        AUDIOLDM2_MODEL: 'a/b@c',
        AUDIOLDM2_MUSIC_MODEL: 'd/e',
        DESCRIBER_MODEL: 'none',
        AUDIOLDM2_COMPILE: '1',
      },
      () => undefined,
    );
    expect(options).toMatchObject({ model: 'a/b@c', musicModel: 'd/e', describer: null, isCompiled: true });
    expect(readAudioLdm2Options({}, () => undefined).musicModel).toBeUndefined();
  });

  it('are validated', () => {
    expect(() => readAudioLdm2Options({ AUDIOLDM2_DTYPE: 'int4' }, () => undefined)).toThrow(
      'AUDIOLDM2_DTYPE must be one of auto, float16, bfloat16, float32.',
    );
    expect(() => readAudioLdm2Options({ AUDIOLDM2_DEVICE: 'tpu' }, () => undefined)).toThrow(TypeError);
  });
});
