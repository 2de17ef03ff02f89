import { compile } from '@inlang/paraglide-js';
import { MESSAGE_OPTIONS } from './message-options.ts';

await compile(MESSAGE_OPTIONS);
