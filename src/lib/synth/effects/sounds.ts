import { EFFECT_WORDS } from '../words/effect-words.ts';
import { birds } from './animals/birds.ts';
import { bear, cat, cow, crow, elephant, gulls, horse, rooster, sheep } from './animals/calls.ts';
import { crickets } from './animals/crickets.ts';
import { dog } from './animals/dog.ts';
import { hooves } from './animals/hooves.ts';
import { owl } from './animals/owl.ts';
import { frogs, insects, purr } from './animals/swarms.ts';
import { boat, chainsaw, engine, motorcycle } from './city/engines.ts';
import { helicopter } from './city/helicopter.ts';
import { airBrake, bicycleBell, churchBell, horn, shipHorn, siren, trainHorn } from './city/horns.ts';
import { carPass, plane, truckPass } from './city/passing.ts';
import { train } from './city/rails.ts';
import { traffic } from './city/traffic.ts';
import { bicycle, skateboard, suitcase } from './city/wheels.ts';
import { fire } from './fire/fire.ts';
import { fireworks } from './fire/fireworks.ts';
import { hairDryer, hum } from './home/appliances.ts';
import { clock, keyboard, mouseClick, page, shutter, snip } from './home/office.ts';
import { brushing, chopping, sizzling } from './home/kitchen.ts';
import { creak, door, glassBreak, knock } from './home/openings.ts';
import { roomTone } from './home/room-tone.ts';
import { beep, doorbell, phone, toaster } from './home/signals.ts';
import { clink, coins, cup, cutlery } from './home/tableware.ts';
import { flutter, snowSwish } from './motion/cloth-and-snow.ts';
import { impact, riser, shimmer, whoosh } from './motion/film.ts';
import { bat, bounce, kick, smack, tennis } from './motion/strikes.ts';
import { forest, leaves } from './nature/forest.ts';
import { applause, cafe, cheer, crowd } from './people/crowd.ts';
import { footsteps } from './people/footsteps.ts';
import { heartbeat } from './people/heartbeat.ts';
import type { SoundDef } from './sound-def.ts';
import { drone } from './space/drone.ts';
import { sea } from './water/sea.ts';
import { drip, pouring, splash, tap } from './water/splashes.ts';
import { stream } from './water/stream.ts';
import { underwater } from './water/underwater.ts';
import { waterfall } from './water/waterfall.ts';
import { downpour, rain } from './weather/rain.ts';
import { thunder } from './weather/thunder.ts';
import { breeze, wind } from './weather/wind.ts';

/** Every sound the engine can make. */
export const SOUNDS: readonly SoundDef[] = [
  ...[rain, downpour, wind, breeze, thunder],
  ...[sea, stream, waterfall, underwater, splash, drip, pouring, tap],
  ...[fire, fireworks, forest, leaves],
  ...[birds, gulls, owl, crow, crickets, frogs, insects, dog, cat, purr, rooster],
  ...[cow, sheep, horse, hooves, elephant, bear],
  ...[crowd, cafe, cheer, applause, ...footsteps, heartbeat],
  ...[traffic, carPass, truckPass, plane, engine, motorcycle, train, helicopter, boat, chainsaw],
  ...[bicycle, bicycleBell, skateboard, suitcase, horn, trainHorn, shipHorn, siren, churchBell, airBrake],
  ...[roomTone, door, knock, creak, glassBreak, keyboard, mouseClick, clock, page, shutter, snip],
  ...[phone, beep, doorbell, toaster, hum, hairDryer, sizzling, chopping, brushing],
  ...[clink, cup, cutlery, coins],
  ...[kick, bounce, bat, tennis, smack, flutter, snowSwish],
  ...[whoosh, impact, riser, shimmer, drone],
];

const byName = new Map(SOUNDS.map((sound) => [sound.name, sound]));

/** The sound with this name, or undefined. */
export function findSound(name: string): SoundDef | undefined {
  return byName.get(name);
}

/**
 * The sound with this name.
 * @throws TypeError when there is none.
 */
export function soundNamed(name: string): SoundDef {
  const sound = byName.get(name);
  if (!sound) throw new TypeError(`The engine has no sound named "${name}".`);
  return sound;
}

/**
 * The words that select a sound, in English, German and Italian, separated by commas; empty when only detected objects
 * select it.
 */
export function wordsFor(name: string): string {
  return EFFECT_WORDS[name] ?? '';
}
