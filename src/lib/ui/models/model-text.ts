import { m } from '#lib/paraglide/messages.js';

/** The fields with texts about a model, in English. */
interface ModelTexts {
  id: string;
  about: string;
  licence: string;
  licenceMeans: string;
}

const ABOUT: Partial<Record<string, () => string>> = {
  'coco-ssd': m.about_coco_ssd,
  'dfine-n': m.about_dfine_n,
  'yolov9-t': m.about_yolov9_t,
  'yolov9-s': m.about_yolov9_s,
  'gelan-c': m.about_gelan_c,
  'gelan-e': m.about_gelan_e,
  'yolov9-c': m.about_yolov9_c,
  'resnet-18': m.about_resnet_18,
  transnetv2: m.about_transnetv2,
  moondream2: m.about_moondream2,
  'smolvlm-256m': m.about_smolvlm_256m,
};

const LICENCES: Partial<Record<string, () => string>> = {
  'Apache-2.0': m.licence_free,
  MIT: m.licence_free,
  'GPL-3.0': m.licence_gpl,
  'Your own': m.licence_own,
};

const isOwn = (model: ModelTexts) => model.licence === 'Your own';

/** The purpose of a model; an unknown one has only its own text. */
export function aboutText(model: ModelTexts): string {
  return isOwn(model) ? m.about_own() : (ABOUT[model.id]?.() ?? model.about);
}

/** The name of its licence, which is only translated for the user's own models. */
export function licenceName(model: ModelTexts): string {
  return isOwn(model) ? m.licence_own_name() : model.licence;
}

/** What its licence means for the user. */
export function licenceText(model: ModelTexts): string {
  return LICENCES[model.licence]?.() ?? model.licenceMeans;
}
