import type { ReverbShape } from '../../dsp/reverb.ts';

/** The reverbs of the styles. */
export const CATHEDRAL: ReverbShape = { seconds: 5.2, size: 1.35, brightness: 0.3, preDelaySeconds: 0.032 };
export const CONCERT_HALL: ReverbShape = {
  seconds: 2.9,
  size: 1.1,
  brightness: 0.34,
  preDelaySeconds: 0.026,
};
export const PLATE: ReverbShape = { seconds: 1.9, size: 0.7, brightness: 0.6, preDelaySeconds: 0.014 };
export const CLUB: ReverbShape = { seconds: 1.2, size: 0.55, brightness: 0.4, preDelaySeconds: 0.01 };
export const STUDIO: ReverbShape = { seconds: 0.55, size: 0.36, brightness: 0.5, preDelaySeconds: 0.004 };
export const WOODEN_ROOM: ReverbShape = {
  seconds: 0.85,
  size: 0.45,
  brightness: 0.4,
  preDelaySeconds: 0.006,
};
