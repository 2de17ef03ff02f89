import { m } from '#lib/paraglide/messages.js';

/** What these functions read of a model; its own words are English. */
interface Told {
  id: string;
  about: string;
  licence: string;
  licenceMeans: string;
}

const ABOUT: Partial<Record<string, () => string>> = {
  'dfine-n': m.about_dfine_n,
  'yolov9-t': m.about_yolov9_t,
  'yolov9-s': m.about_yolov9_s,
  'gelan-c': m.about_gelan_c,
  'gelan-e': m.about_gelan_e,
  'yolov9-c': m.about_yolov9_c,
  'resnet-18': m.about_resnet_18,
  moondream2: m.about_moondream2,
  'smolvlm-256m': m.about_smolvlm_256m,
};

const LICENCES: Partial<Record<string, () => string>> = {
  'Apache-2.0': m.licence_free,
  MIT: m.licence_free,
  'GPL-3.0': m.licence_gpl,
  'GPL-3.0 upstream': m.licence_gpl_upstream,
  'Your own': m.licence_own,
};

const isOwn = (model: Told) => model.licence === 'Your own';

/** What a model is good for; one that is not known says so in its own words. */
export function aboutText(model: Told): string {
  return isOwn(model) ? m.about_own() : (ABOUT[model.id]?.() ?? model.about);
}

/** The name of its licence, which is the same everywhere but for the user's own models. */
export function licenceName(model: Told): string {
  return isOwn(model) ? m.licence_own_name() : model.licence;
}

/** What its licence means for the user. */
export function licenceText(model: Told): string {
  return LICENCES[model.licence]?.() ?? model.licenceMeans;
}
