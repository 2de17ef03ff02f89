import { clamp, exp2, power, smoothstep } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { SAMPLE_RATE } from '../../dsp/sample-rate.ts';
import { Drift } from '../../dsp/drift.ts';
import { motor, type Motor } from '../sources/motor.ts';
import { NoiseBand } from '../sources/noise-band.ts';
import { shaped, type Source } from '../sources/source.ts';
import { addStereo, newBlock } from '../../dsp/blocks.ts';
import { StereoFilter } from '../../dsp/stereo-filter.ts';
import type { OneShotDef } from '../sound-def.ts';

/** A vehicle as heard from the roadside. */
interface Vehicle {
  engine: Omit<Motor, 'rpm' | 'load'> & { rpm: readonly [number, number]; load: number };
  engineGain: number;
  tyreGain: number;
  /** Metres per second at intensity 0.5. */
  speed: number;
}

const CAR: Vehicle = {
  engine: {
    rpm: [1700, 2400],
    load: 0.5,
    cylinders: 4,
    roughness: 0.12,
    exhaustHertz: [90, 180, 420, 980],
    noise: 0.06,
  },
  engineGain: 1.2,
  tyreGain: 0.75,
  speed: 13,
};
const TRUCK: Vehicle = {
  engine: {
    rpm: [1050, 1300],
    load: 0.8,
    cylinders: 6,
    roughness: 0.3,
    exhaustHertz: [70, 140, 330, 760],
    noise: 0.09,
  },
  engineGain: 1.8,
  tyreGain: 0.9,
  speed: 12,
};

/** A car passing by; the channel strip pans it. */
export const carPass = vehiclePass('car-pass', 'a car passing', CAR);
/** A truck that passes. */
export const truckPass = vehiclePass('truck-pass', 'a truck passing', TRUCK);

function vehiclePass(name: string, description: string, vehicle: Vehicle): OneShotDef {
  return {
    name,
    kind: 'oneShot',
    family: 'city',
    description,
    place: 'open',
    seconds: 6,
    create: (random, { seconds, intensity }) =>
      passing(random, vehicle, seconds, vehicle.speed * (0.7 + 0.6 * intensity)),
  };
}

/** A passing vehicle: Doppler shift, attenuation by distance, and air absorption. */
function passing(random: Random, vehicle: Vehicle, seconds: number, speed: number): Source {
  const closest = random.between(4, 7);
  let doppler = 1;
  const rpm = random.between(...vehicle.engine.rpm);
  const engine = motor(random.fork('engine'), {
    ...vehicle.engine,
    rpm: () => rpm * doppler,
    load: () => vehicle.engine.load,
  });
  const tyres = new NoiseBand(random.fork('tyres'), {
    colour: 'pink',
    filter: 'bandpass',
    hertz: 800,
    quality: 0.5,
    width: 0.6,
  });
  const road = new NoiseBand(random.fork('road'), {
    colour: 'pink',
    filter: 'lowpass',
    hertz: 160,
    quality: 0.8,
    width: 0.6,
  });
  const air = new StereoFilter(8000, 0.6);
  const left = newBlock();
  const right = newBlock();
  let frames = 0;
  let gain = 0;
  return (outLeft, outRight, from, to) => {
    frames += to - from;
    const t = frames / SAMPLE_RATE - seconds / 2;
    const distance = Math.sqrt(closest * closest + speed * speed * t * t);
    doppler = 343 / (343 + (speed * speed * t) / distance);
    const edge = smoothstep((t + seconds / 2) / 0.8) * smoothstep((seconds / 2 - t) / 0.8);
    const next = power(closest / distance, 1.1) * edge;
    left.fill(0, from, to);
    right.fill(0, from, to);
    engine(left, right, from, to);
    for (let i = from; i < to; i++) {
      left[i] = left[i]! * vehicle.engineGain;
      right[i] = right[i]! * vehicle.engineGain;
    }
    tyres.tune(800 * doppler * (0.8 + speed / 60), 0.5);
    tyres.add(left, right, from, to, 0.6 * vehicle.tyreGain);
    road.add(left, right, from, to, 0.25 * vehicle.tyreGain);
    const hertz = clamp(16_000 / (1 + distance / 7), 600, 14_000);
    air.tune(hertz, 0.6);
    air.lowpass(left, right, from, to);
    addStereo(outLeft, outRight, left, right, gain, gain, from, to, next, next);
    gain = next;
    return frames < seconds * SAMPLE_RATE;
  };
}

/** A jet flying over: a broad low roar, and a fan whose pitch falls. */
export const plane: OneShotDef = {
  name: 'plane',
  kind: 'oneShot',
  family: 'city',
  description: 'an aeroplane flying over',
  place: 'open',
  seconds: 12,
  create: (random, { seconds }) => {
    const roar = new NoiseBand(random.fork('roar'), {
      colour: 'pink',
      filter: 'lowpass',
      hertz: 500,
      quality: 0.6,
    });
    const fan = new NoiseBand(random.fork('fan'), {
      colour: 'white',
      filter: 'bandpass',
      hertz: 2600,
      quality: 1.5,
    });
    const rumble = new NoiseBand(random.fork('rumble'), {
      colour: 'brown',
      filter: 'lowpass',
      hertz: 120,
      quality: 0.7,
    });
    const flutter = new Drift(random.fork('flutter'), 3);
    let t = 0;
    const jet: Source = (left, right, from, to) => {
      t += (to - from) / SAMPLE_RATE;
      const x = (t / seconds - 0.5) * 2;
      const near = exp2(-7 * x * x);
      const doppler = 1 - 0.16 * clamp(x * 2.5, -1, 1);
      const unrest = 1 + 0.25 * flutter.advance(to - from);
      roar.tune(620 * doppler * (0.4 + near), 0.6);
      fan.tune(2600 * doppler, 1.5);
      roar.add(left, right, from, to, 0.9 * unrest);
      rumble.add(left, right, from, to, 0.5);
      fan.add(left, right, from, to, 0.09 * near * unrest);
      return true;
    };
    return shaped(jet, seconds, (at) => {
      const x = (at / seconds - 0.45) * 2;
      return exp2(-5 * x * x) * smoothstep(at / 1.5) * smoothstep((seconds - at) / 1.5);
    });
  },
};
