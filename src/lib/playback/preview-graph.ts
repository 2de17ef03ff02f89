import { STEM_NAMES, type StemName } from '#lib/media/audio/mix-gains.ts';

const SAMPLE_RATE = 48_000;

/** What the sources of a stem are connected to. */
export interface Strip {
  fader: GainNode;
  duck: GainNode;
}

/** The Web Audio nodes of a preview: one strip for each stem, in a group that can fade into another, a master, and the volume of this device. */
export class PreviewGraph {
  readonly context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'playback' });
  readonly master = new GainNode(this.context);
  #strips = new Map<StemName, Strip>();
  #group: GainNode;
  #volume: GainNode;

  /** @param volume How loud this device plays, 0 … 1. */
  constructor(volume = 1) {
    // Only against clipping; the finished mix has a true-peak limiter.
    const limiter = new DynamicsCompressorNode(this.context, {
      ...{ threshold: -2, knee: 0, ratio: 20, attack: 0.002 },
    });
    this.#volume = new GainNode(this.context, { gain: volume });
    this.master.connect(limiter).connect(this.#volume).connect(this.context.destination);
    this.#group = this.#connectGroup();
  }

  /** The present strip of a stem. */
  strip(name: StemName): Strip {
    return this.#strips.get(name)!;
  }

  setVolume(volume: number): void {
    this.#volume.gain.setTargetAtTime(volume, this.context.currentTime, 0.015);
  }

  /** Moves faders and master to linear gains, within a few milliseconds. */
  setLevels(gains: Readonly<Record<StemName, number>>, level: number): void {
    const now = this.context.currentTime;
    for (const name of STEM_NAMES) this.strip(name).fader.gain.setTargetAtTime(gains[name], now, 0.015);
    this.master.gain.setTargetAtTime(level, now, 0.03);
  }

  /** Fades what these sources play into new, empty strips, from a time of the clock on. */
  fadeOver(sources: ReadonlySet<AudioBufferSourceNode>, at: number, seconds: number): void {
    const before = this.#group;
    const now = this.context.currentTime;
    const end = at + seconds;
    let left = sources.size;
    const onEnded = () => --left === 0 && before.disconnect();
    for (const source of sources) {
      source.stop(end);
      source.addEventListener('ended', onEnded, { once: true });
    }
    if (left === 0) before.disconnect();
    // The fade before may not be over.
    before.gain.cancelScheduledValues(now);
    before.gain.setValueAtTime(before.gain.value, now);
    before.gain.setValueAtTime(before.gain.value, at);
    before.gain.linearRampToValueAtTime(0, end);
    this.#group = this.#connectGroup();
    this.#group.gain.setValueAtTime(0, now);
    this.#group.gain.setValueAtTime(0, at);
    this.#group.gain.linearRampToValueAtTime(1, end);
  }

  #connectGroup(): GainNode {
    const group = new GainNode(this.context);
    group.connect(this.master);
    for (const name of STEM_NAMES) {
      const fader = new GainNode(this.context);
      const duck = new GainNode(this.context);
      duck.connect(fader).connect(group);
      this.#strips.set(name, { fader, duck });
    }
    return group;
  }
}
